import { type Variable, variables } from '@/lib/config-table'

const start = '<!-- config:start -->'
const end = '<!-- config:end -->'

/** A README with the table of settings put between its two markers. @throws Error when it has no markers */
export function withConfigTable(readme: string): string {
  const from = readme.indexOf(start)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md has no ${start} … ${end}`)
  return `${readme.slice(0, from + start.length)}\n${configTable()}\n${readme.slice(to)}`
}

/** The table of settings in Markdown, without an end of line at its end. */
export function configTable(): string {
  const rows = (Object.values(variables) as Variable<unknown>[]).map(
    ({ name, byDefault, unset, about }) => `| \`${name}\` | ${byDefault ?? `\`${unset}\``} | ${about} |`,
  )
  return ['| variable | default | what |', '|---|---|---|', ...rows].join('\n')
}
