import Link from 'next/link'
import { Fragment } from 'react'
import { DefinitionList, Entry } from '@/app/_ui/definition-list'
import { plural } from '@/app/_ui/format'
import { Visible } from '@/app/_ui/visible'
import type { AlertDetail } from '@/lib/view/alert'

const names: Partial<Record<keyof AlertDetail['subject'], string>> = {
  feature: 'Feature',
  features: 'Features',
  segment: 'Segment',
  origin: 'Source',
  origins: 'Sources',
  labeler: 'Labeler',
  client: 'Client',
  clients: 'Clients',
  feed: 'Feed',
  item: 'Item',
  entity: 'Entity',
  label: 'Label',
  pattern: 'Pattern',
  documentIds: 'Documents',
  fact: 'Fact',
  version: 'Version',
  batch: 'Batch',
}

/** What moved, and nothing else: the subject, as the detector named it. Names come from events and are shown with nothing hidden in them. */
export function Touches({ alert }: { alert: AlertDetail }) {
  const { subject, model } = alert
  const rows = subject.eventIds?.length ?? 0
  return (
    <DefinitionList>
      <Entry name="Model">
        <Link href={`/models/${encodeURIComponent(model)}`}>{model}</Link>
      </Entry>
      {Object.entries(names).map(([key, name]) => {
        const value = subject[key as keyof typeof subject]
        if (value === undefined) return null
        return (
          <Entry key={key} name={name}>
            {key === 'feature' || key === 'features' ? (
              <Features model={model} names={[value].flat().map(String)} />
            ) : (
              <Visible text={words(value)} />
            )}
          </Entry>
        )
      })}
      <Entry name="Rows behind it">
        {rows > 0
          ? plural(rows, 'row')
          : subject.segment
            ? 'none singled out: the whole segment moved'
            : 'none singled out: the whole stream moved'}
      </Entry>
      <Entry name="Fingerprint">
        <code>{alert.fingerprint.slice(0, 16)}</code>
      </Entry>
    </DefinitionList>
  )
}

/** Each leads to its histograms. */
const Features = ({ model, names }: { model: string; names: readonly string[] }) => (
  <>
    {names.map((name, i) => (
      <Fragment key={name}>
        {i > 0 && ', '}
        <Link href={`/models/${encodeURIComponent(model)}?feature=${encodeURIComponent(name)}`}>
          <Visible text={name} />
        </Link>
      </Fragment>
    ))}
  </>
)

const words = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([k, v]) => `${k} = ${v}`)
          .join(', ')
      : String(value)
