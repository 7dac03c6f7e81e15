import Link from 'next/link'
import { EventTime } from '@/app/_ui/event-time'
import { Status } from '@/app/_ui/status'
import { isPoison } from '@/app/_ui/words'
import type { ModelSummary } from '@/lib/view/model'
import css from './worst.module.css'

/** The sentence of a model's worst open alert, over everything else. */
export function Worst({ worst }: { worst: NonNullable<ModelSummary['worst']> }) {
  const poison = isPoison(worst.kind)
  return (
    <p className={css.worst} data-poison={poison || undefined}>
      <Status kind={poison ? 'poisoning' : 'alarm'} bare />
      <Link href={`/alerts/${worst.alertId}`}>{worst.why}</Link>
      <span className={css.when}>
        fired <EventTime at={worst.firedAt} />
      </span>
    </p>
  )
}
