'use client'

import Link from 'next/link'
import { EventTime } from '@/app/_ui/event-time'
import { multipleWords } from '@/app/_ui/evidence'
import { plural } from '@/app/_ui/format'
import { groupBy } from '@/app/_ui/group-by'
import { Status } from '@/app/_ui/status'
import { alertStatus, isPoison, kindWords, verdictWords } from '@/app/_ui/words'
import { shareOfPromise } from '@/lib/evidence/share'
import type { AlertItem } from '@/lib/view/alert'
import css from './needs.module.css'

const shown = 6

/** Who needs me: one entry an incident, told by its worst alert. */
export function Needs({ alerts }: { alerts: AlertItem[] }) {
  const incidents = byIncident(alerts)
  if (incidents.length === 0) {
    return (
      <p className={css.calm}>
        <Status kind="ok">Nothing needs you.</Status>
      </p>
    )
  }
  return (
    <section aria-label="Who needs me">
      <ul className={css.needs}>
        {incidents.slice(0, shown).map(({ worst, others }) => (
          <li key={worst.incidentId} data-kind={alertStatus(worst)}>
            <span className={css.icon}>
              <Status kind={alertStatus(worst)} bare />
            </span>
            <div className={css.text}>
              <Link className={css.why} href={`/alerts/${worst.id}`}>
                {worst.why}
              </Link>
              <p className={css.facts}>
                <span>{kindWords[worst.kind]}</span>
                <Link href={`/models/${encodeURIComponent(worst.model)}`}>{worst.model}</Link>
                <span>
                  began <EventTime at={worst.onsetAt} />
                </span>
                <span>{multipleWords(worst.evidence)}</span>
                <span>{verdictWords[worst.verdict]}</span>
                {others > 0 && <span>and {plural(others, 'more alert')}</span>}
              </p>
            </div>
            <Link className={css.incident} href={`/incidents/${worst.incidentId}`}>
              Incident {worst.incidentNumber}
            </Link>
          </li>
        ))}
      </ul>
      {incidents.length > shown && (
        <p className={css.more}>
          <Link href="/incidents">{plural(incidents.length - shown, 'more incident')}</Link>
        </p>
      )}
    </section>
  )
}

const weight = (a: AlertItem): number =>
  (isPoison(a.kind) || a.verdict === 'poisoning' ? 100 : 0) +
  { critical: 20, warning: 10, info: 0 }[a.severity] +
  Math.min(9, shareOfPromise(a.evidence))

export function byIncident(alerts: readonly AlertItem[]): { worst: AlertItem; others: number }[] {
  const groups = groupBy(alerts, (a) => a.incidentId)
  return [...groups.values()]
    .map((group) => ({ worst: group.reduce((a, b) => (weight(b) > weight(a) ? b : a)), others: group.length - 1 }))
    .sort((a, b) => weight(b.worst) - weight(a.worst))
}
