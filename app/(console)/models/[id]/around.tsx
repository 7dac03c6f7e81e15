import Link from 'next/link'

const parts = [
  ['', 'Overview'],
  ['/sources', 'Sources'],
  ['/suspects', 'Suspects'],
  ['/triggers', 'Triggers'],
  ['/golden', 'Golden set'],
] as const

/** The screens about who feeds a model, beside one another. @param here the one that is shown: it is no link. */
export function Around({ model, here }: { model: string; here?: (typeof parts)[number][0] }) {
  return parts
    .filter(([path]) => path !== (here ?? ''))
    .map(([path, name]) => (
      <Link key={path} href={`/models/${encodeURIComponent(model)}${path}`}>
        {path === '' ? model : name}
      </Link>
    ))
}
