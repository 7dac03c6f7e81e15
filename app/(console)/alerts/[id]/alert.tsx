'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { queries } from '@/app/_data/queries'
import { Section } from '@/app/_shell/screen'
import { Comparison } from '@/app/_ui/charts/comparison'
import { EvidenceStrip } from '@/app/_ui/charts/evidence-strip'
import { EventTime } from '@/app/_ui/event-time'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Status } from '@/app/_ui/status'
import { Time } from '@/app/_ui/time'
import { useRange } from '@/app/_ui/use-range'
import { WithoutIt } from '@/app/_ui/without-it'
import { alertStatus, effectWords, kindWords, subjectWords, verdictWords } from '@/app/_ui/words'
import { Actions } from './actions'
import { Adopt } from './adopt'
import css from './alert.module.css'
import { AlertSegments } from './alert-segments'
import { Records } from './records'
import { Touches } from './touches'
import { Why } from './why'

export function Alert({ id, me }: { id: string; me: string | null }) {
  const { domain, setRange } = useRange()
  const alert = useQuery(queries.alert(id)).data
  if (!alert) return <ScreenSkeleton />
  const kind = alertStatus(alert)
  return (
    <main id="main" className={css.alert} tabIndex={-1}>
      <header className={css.head}>
        <p className={css.crumbs}>
          <Status kind={kind}>{alert.state === 'firing' ? verdictWords[alert.verdict] : alert.state}</Status>
          <Link href={`/models/${encodeURIComponent(alert.model)}`}>{alert.model}</Link>
          <span>{kindWords[alert.kind]}</span>
          <code>{alert.kind}</code>
          <Link href={`/incidents/${alert.incidentId}`}>Incident {alert.incidentNumber}</Link>
          {alert.owner && <span>owner {alert.owner}</span>}
        </p>
        <h1>{alert.why}</h1>
        <p className={css.when}>
          Began <EventTime at={alert.onsetAt} />, fired <EventTime at={alert.firedAt} /> in the events’ own time; raised
          here <Time at={alert.createdAt} />.
          {alert.snoozedUntil && (
            <>
              {' '}
              Snoozed until <Time at={alert.snoozedUntil} />.
            </>
          )}
        </p>
      </header>
      <Actions alert={alert} me={me} />
      <EvidenceStrip
        strip={alert.strip}
        domain={domain([alert.strip])}
        size="figure"
        effectUnit={effectWords(alert.evidence.effectUnit)}
        onRange={(a, b) => void setRange(a, b)}
      />
      {alert.counterfactual && (
        <Section title="The model without these rows">
          <WithoutIt
            told={alert.counterfactual}
            who={alert.subject.origin ?? alert.subject.labeler ?? alert.subject.origins?.join(', ') ?? 'these rows'}
          />
        </Section>
      )}
      <div className={css.columns}>
        <Section title="Why we believe it">
          <Why alert={alert} />
        </Section>
        <Section title="What it touches">
          <Touches alert={alert} />
        </Section>
      </div>
      {alert.comparison && (
        <Section title="Reference against current">
          <Comparison
            data={alert.comparison}
            title={subjectWords(alert.subject) || kindWords[alert.kind]}
            height={220}
          />
        </Section>
      )}
      <AlertSegments alert={alert} />
      <Records records={alert.records} />
      <Section title="If this were benign">
        <p className={css.benign}>{alert.ifBenign}</p>
        <Adopt alert={alert} />
      </Section>
    </main>
  )
}
