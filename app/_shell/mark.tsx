/** The touchstone: a streak of metal drawn across it, and the line that it is tested against. */
export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      <rect x=".75" y=".75" width="16.5" height="16.5" rx="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M4 13 L9 4.5 L14 13"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <path d="M2 10.2H16" stroke="currentColor" strokeWidth="1.2" />
    </svg>
  )
}
