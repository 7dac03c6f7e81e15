import Link from 'next/link'
import { EventTime } from '@/app/_ui/event-time'
import { multipleWords } from '@/app/_ui/evidence'
import { count } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { alertStatus, verdictWords } from '@/app/_ui/words'
import type { Verdict } from '@/lib/alert/finding'
import { shareOfPromise } from '@/lib/evidence/share'
import type { AlertItem } from '@/lib/view/alert'
import css from './incident-alerts.module.css'

/** The hypothesis, and what speaks for it: the alerts of one cause, strongest first. */
export function IncidentAlerts({ alerts, verdict }: { alerts: AlertItem[]; verdict: Verdict }) {
  const sorted = [...alerts].sort((a, b) => shareOfPromise(b.evidence) - shareOfPromise(a.evidence))
  return (
    <>
      <p className={css.hypothesis}>
        Held to be: <b>{verdictWords[verdict]}</b>
      </p>
      <ul className={css.alerts}>
        {sorted.map((alert) => (
          <li key={alert.id}>
            <Status kind={alertStatus(alert)} bare />
            <div>
              <Link href={`/alerts/${alert.id}`}>{alert.why}</Link>
              <p>
                {multipleWords(alert.evidence)}, n {count(alert.evidence.n)} · {verdictWords[alert.verdict]} · fired{' '}
                <EventTime at={alert.firedAt} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
