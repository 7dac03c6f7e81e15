import css from './skeleton.module.css'

/** Keeps the place of what is being read, in its own height, so that nothing jumps. */
export function Skeleton({ height = 16, width = '100%' }: { height?: number; width?: number | string }) {
  return <span className={css.skeleton} style={{ height, width }} aria-hidden="true" />
}

/** A whole screen being read: a title, a figure and some rows. */
export function ScreenSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={css.screen} role="status" aria-label="Reading">
      <Skeleton height={28} width={240} />
      <Skeleton height={96} />
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical rows without identity
        <Skeleton key={i} height={20} width={`${92 - ((i * 7) % 30)}%`} />
      ))}
    </div>
  )
}
