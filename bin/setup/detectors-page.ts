import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(import.meta.dirname, '..', '..')
const page = join(root, 'docs', 'detectors.md')

/** `docs/detectors.md`: what each detector of the registry says of itself at the head of its file, in the registry's order. */
export function detectorsPage(): string {
  const registry = readFileSync(join(root, 'lib/detect/registry.ts'), 'utf8')
  const files = new Map(
    [...registry.matchAll(/import \{ (\w+) \} from '@\/(lib\/detect\/[\w/-]+)'/g)].map(([, name, file]) => [
      name,
      `${file}.ts`,
    ]),
  )
  const order = registry.slice(registry.indexOf('= [')).match(/\w+/g) ?? []
  return `${[intro, ...order.map((name) => section(files.get(name) ?? name))].join('\n\n')}\n`
}

const intro = `# Detectors

What each detector watches, what it misses, what it assumes, and what its evidence and its effect are: the head of its file. All of them spend one budget, and what they raise is
judged together (lib/alert/coordinate.ts): one cause is one incident, and what a cause explains stays silent. \`npx tsx bin/setup/detectors-page.ts\` writes this page.`

function section(file: string): string {
  const source = readFileSync(join(root, file), 'utf8')
  const id = /\bid: '([^']+)'/.exec(source)?.[1] ?? file
  const head = /^\/\*\*\n([\s\S]*?)\*\//m.exec(source)?.[1] ?? ''
  const lines = head.split('\n').map((line) => line.replace(/^ \* ?/, ''))
  const paragraphs: string[] = []
  for (const line of lines) {
    const field = /^(@?[A-Z@]\w+) {2,}(.*)$/.exec(line)
    if (field) paragraphs.push(`- **${(field[1] ?? '').replace('@example', 'Example')}** ${field[2]}`)
    else if (/^ {4,}\S/.test(line)) paragraphs[paragraphs.length - 1] += ` ${line.trim()}`
    else if (line.trim() !== '')
      paragraphs.push(
        paragraphs.length === 1 && !paragraphs[0]?.startsWith('-') ? `${paragraphs.pop()} ${line.trim()}` : line.trim(),
      )
  }
  const [what, ...fields] = paragraphs
  return `## \`${id}\`\n\n${what}\n\n${fields.join('\n')}\n\n[${file}](../${file})`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, detectorsPage())
