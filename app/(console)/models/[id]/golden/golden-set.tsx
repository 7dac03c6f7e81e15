'use client'

import { post } from '@/app/_data/api'
import { useAct } from '@/app/_data/use-act'
import { Button } from '@/app/_ui/button'
import { DefinitionList, Entry } from '@/app/_ui/definition-list'
import { count, plural, rate } from '@/app/_ui/format'
import { Time } from '@/app/_ui/time'
import type { GoldenSetItem } from '@/lib/view/golden'
import { auditWords } from './audit-words'
import css from './golden.module.css'

const stateWords: Record<GoldenSetItem['state'], string> = {
  proposed: 'proposed',
  approved: 'approved',
  replaced: 'replaced',
  rejected: 'turned down',
}
const mostDoubted = 10

/** A trusted set: hash, audit, slices, who decided. */
export function GoldenSet({ model, set }: { model: string; set: GoldenSetItem }) {
  const { act, refused } = useAct()
  const decide = (what: 'approve' | 'reject') =>
    void act(() => post(`/api/v1/models/${encodeURIComponent(model)}/golden/${encodeURIComponent(set.id)}/${what}`))

  const { doubted } = set.audit
  return (
    <article className={css.set} aria-label={`Golden set ${set.hash.slice(0, 12)}`}>
      <p className={css.head}>
        <b>{plural(set.rows, 'row')}</b>
        <span>
          {stateWords[set.state]}, proposed by {set.proposedBy} <Time at={set.proposedAt} />
          {set.decidedBy && set.decidedAt && (
            <>
              , decided by {set.decidedBy} <Time at={set.decidedAt} />
            </>
          )}
        </span>
      </p>
      <p className={css.audit}>{auditWords(set.audit)}</p>
      {doubted.length > 0 && (
        <ul className={css.doubted}>
          {doubted.slice(0, mostDoubted).map(({ row, label, instead, chance }) => (
            <li key={row}>
              line {count(row + 1)}: {label}, rather {instead} (chance {rate(chance)})
            </li>
          ))}
          {doubted.length > mostDoubted && <li>and {plural(doubted.length - mostDoubted, 'more row')}</li>}
        </ul>
      )}
      <DefinitionList>
        <Entry name="Hash">
          <span className="mono">{set.hash}</span>
        </Entry>
        <Entry name="Labels">{words(set.labels)}</Entry>
        <Entry name="Slices">{words(set.slices) || 'none: its rows carry no segment'}</Entry>
        {set.state !== 'proposed' && set.state !== 'rejected' && (
          <Entry name="Counts from">
            {set.fromEvent === null ? 'the next event of the model' : `event ${count(set.fromEvent)} of the model`}
          </Entry>
        )}
        {set.note && <Entry name="Note">{set.note}</Entry>}
      </DefinitionList>
      {set.state === 'proposed' && (
        <div className={css.actions}>
          <Button tone="primary" onClick={() => decide('approve')}>
            Approve
          </Button>
          <Button onClick={() => decide('reject')}>Turn down</Button>
          {refused && (
            <p className={css.refused} role="alert">
              {refused}
            </p>
          )}
        </div>
      )}
    </article>
  )
}

const mostNames = 12

function words(counts: Record<string, number>): string {
  const all = Object.entries(counts).sort((a, b) => b[1] - a[1])
  const shown = all.slice(0, mostNames).map(([name, n]) => `${name} ${count(n)}`)
  return [...shown, ...(all.length > mostNames ? [`${all.length - mostNames} more`] : [])].join(' · ')
}
