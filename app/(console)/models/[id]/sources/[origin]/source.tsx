'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { queries } from '@/app/_data/queries'
import { Screen, Section } from '@/app/_shell/screen'
import { EvidenceStrip } from '@/app/_ui/charts/evidence-strip'
import { DefinitionList, Entry } from '@/app/_ui/definition-list'
import { EmptyState } from '@/app/_ui/empty-state'
import { EventTime } from '@/app/_ui/event-time'
import { count, measure, percent, plural, rate } from '@/app/_ui/format'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Status } from '@/app/_ui/status'
import { useRange } from '@/app/_ui/use-range'
import { Visible } from '@/app/_ui/visible'
import { WithoutIt } from '@/app/_ui/without-it'
import { SuspectTable } from '../../suspects/suspect-table'
import { ClusterTable } from '../cluster-table'
import { Audits } from './audits'
import css from './source.module.css'
import { Timeline } from './timeline'

/** One contributor: what the model would be without it, since when it is held for what, and how far it may go. */
export function Source({ id, origin }: { id: string; origin: string }) {
  const { domain } = useRange()
  const source = useQuery(queries.source(id, origin)).data
  const suspects = useQuery(queries.suspects(id, { origin })).data?.items ?? []
  if (!source) return <ScreenSkeleton />
  const base = `/models/${encodeURIComponent(id)}`
  return (
    <Screen
      title={<Visible text={origin} />}
      aside={
        <>
          <Link href={`${base}/sources`}>Sources of {id}</Link>
          <Status kind={source.state} />
        </>
      }
    >
      <Section title="The model without it">
        {source.counterfactual ? (
          <WithoutIt told={source.counterfactual} who={origin} />
        ) : (
          <p className={css.prose}>
            Not worked out yet. It comes once some 1,000 training rows have been judged and this source is among the 64
            biggest; a few sources are worked out at each sample. <Link href={`${base}/golden`}>A golden set</Link>{' '}
            makes it a statement about rows that you trust.
          </p>
        )}
      </Section>
      <Section title="Evidence against it">
        {source.strip.points.length > 0 ? (
          <EvidenceStrip strip={source.strip} domain={domain([source.strip])} size="figure" />
        ) : (
          <p className={css.prose}>No evidence has been sampled of it: it is not among the worst sources.</p>
        )}
        <ul className={css.alerts}>
          {source.alerts.map((alert) => (
            <li key={alert.id}>
              <Link href={`/alerts/${encodeURIComponent(alert.id)}`}>{alert.why}</Link>{' '}
              <span>
                <EventTime at={alert.firedAt} />, {alert.state}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <div className={css.columns}>
        <Section title="Where it stands">
          <DefinitionList>
            <Entry name="Kind">{source.kind}</Entry>
            <Entry name="Rows">
              {plural(source.rows, 'row')}, {percent(source.share)} of all; the latest{' '}
              <EventTime at={source.lastSeenAt} />
            </Entry>
            <Entry name="Labels">
              {percent(source.disagreement)} go against what the others teach; an honest source would show{' '}
              {percent(source.expected)}
            </Entry>
            <Entry name="Trust">
              {rate(source.trust ?? 0)}: lower 5 % bound of the share of right rows, n {count(source.audited)} looked at
              by people. Volume earns none, and it fades with time.
            </Entry>
            <Entry name="Influence">
              {source.influence === null
                ? 'not known yet'
                : `${source.influence > 0 ? '+' : ''}${measure(source.influence, 2)} on the mean log loss of trusted rows, first order: ${source.influence > 0 ? 'it hurts' : 'it helps'}`}
            </Entry>
          </DefinitionList>
        </Section>
        <Section title="Caps">
          <DefinitionList>
            <Entry name="May supply">
              {percent(source.cap.share)} of the rows, by its trust; it supplies {percent(source.share)}
              {source.cap.over > 0 && `: ${plural(source.cap.over, 'row')} beyond its cap`}
            </Entry>
            <Entry name="Its next row">
              {[source.gate.admit ? 'would be let in' : 'would be held back', source.gate.reasons.join('; ')]
                .filter((words) => words !== '')
                .join(': ')}
            </Entry>
            <Entry name="At the worst">
              {source.cap.worstCase === null
                ? 'not known yet'
                : `had each of its labels been the worst there is, the loss could have moved by ${measure(source.cap.worstCase, 2)}`}
            </Entry>
            <Entry name="Held to its cap">
              {source.cap.worstCaseHeld === null ? 'not known yet' : `at most ${measure(source.cap.worstCaseHeld, 2)}`}
            </Entry>
          </DefinitionList>
        </Section>
      </div>
      {source.clusters.length > 0 && (
        <Section title="Looks like one hand with" aside="their rows are judged as those of one, and they share one cap">
          <ClusterTable model={id} clusters={source.clusters} />
        </Section>
      )}
      <Section title="Rows over time" aside="by window of event time">
        <Timeline windows={source.timeline} />
      </Section>
      <Section title="Looks at its rows" aside="the only thing that earns or costs it trust">
        <Audits id={id} source={source} />
      </Section>
      <Section
        title="Its suspicious rows"
        aside={<Link href={`${base}/suspects?origin=${encodeURIComponent(origin)}`}>all of them</Link>}
      >
        {suspects.length > 0 ? (
          <SuspectTable suspects={suspects.slice(0, 10)} />
        ) : (
          <EmptyState good title="None of its rows looked suspicious">
            A row is kept here when its suspicion at arrival was half or more, or when an alert implicates it.
          </EmptyState>
        )}
      </Section>
    </Screen>
  )
}
