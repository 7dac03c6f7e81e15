/** One shape a state, so that it is told apart without colour. Drawn on a 12 px grid. */
export type StatusKind = 'ok' | 'watch' | 'alarm' | 'poisoning' | 'no-data' | 'learning' | 'silenced'

export function StatusIcon({ kind, size = 12 }: { kind: StatusKind; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
    >
      {shapes[kind]}
    </svg>
  )
}

const shapes = {
  ok: <circle cx="6" cy="6" r="4" strokeWidth="1.5" />,
  watch: (
    <>
      <circle cx="6" cy="6" r="4" strokeWidth="1.5" />
      <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" stroke="none" />
    </>
  ),
  alarm: <circle cx="6" cy="6" r="4.75" fill="currentColor" stroke="none" />,
  poisoning: <path d="M6 .4 11.6 6 6 11.6.4 6z" fill="currentColor" stroke="none" />,
  'no-data': <path d="M2 6h8" strokeWidth="1.5" />,
  learning: <circle cx="6" cy="6" r="4" strokeWidth="1.5" strokeDasharray="1.6 1.55" />,
  silenced: (
    <>
      <path d="M2.8 9c.9-.8.9-1.7.9-3a2.3 2.3 0 0 1 4.6 0c0 1.3 0 2.2.9 3zM5.2 10.8h1.6" strokeWidth="1.1" />
      <path d="M1.5 1.5l9 9" strokeWidth="1.2" />
    </>
  ),
} satisfies Record<StatusKind, React.ReactNode>
