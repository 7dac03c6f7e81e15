import Link from 'next/link'
import { count, percent } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { Time } from '@/app/_ui/time'
import { alertStatus, verdictWords } from '@/app/_ui/words'
import type { Verdict } from '@/lib/alert/finding'
import type { AlertItem } from '@/lib/view/types'
import css from './incident-alerts.module.css'

/** The hypothesis, and what speaks for it: the alerts of one cause, strongest first. */
export function IncidentAlerts({ alerts, verdict }: { alerts: AlertItem[]; verdict: Verdict }) {
  const sorted = [...alerts].sort(
    (a, b) => b.evidence.logE / b.evidence.threshold - a.evidence.logE / a.evidence.threshold,
  )
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
                {percent(alert.evidence.logE / alert.evidence.threshold)} of what it takes, n {count(alert.evidence.n)}{' '}
                · {verdictWords[alert.verdict]} · <Time at={alert.firedAt} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
