import { count, rate } from './format'
import css from './number.module.css'

/** An estimate with its interval and its n: `.91 (.89–.93), n 4,120`. */
export function Estimate({
  value,
  low,
  high,
  n,
  format = rate,
}: {
  value: number
  low?: number
  high?: number
  n?: number
  format?: (x: number) => string
}) {
  return (
    <span className={css.number}>
      {format(value)}
      {low !== undefined && high !== undefined && (
        <span className={css.aside}>
          {' '}
          ({format(low)}–{format(high)})
        </span>
      )}
      {n !== undefined && (
        <span className={css.aside}>
          {low === undefined ? ' ' : ', '}n {count(n)}
        </span>
      )}
    </span>
  )
}

/** A quantity and its unit: the unit a shade lighter, so that columns of figures line up to the eye. */
export function Quantity({ value, unit }: { value: string; unit?: string }) {
  return (
    <span className={css.number}>
      {value}
      {unit && <span className={css.aside}> {unit}</span>}
    </span>
  )
}
