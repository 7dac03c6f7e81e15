import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const pure = ['stats', 'evidence', 'detect', 'learn', 'alert', 'monitor']
const imports = 'lint/style/noRestrictedImports'
const globals = 'lint/style/noRestrictedGlobals'
const plugin = 'plugin'

const from = (module: string) => `import { a } from '${module}'\n\nexport const b = a\n`
/** What no file of a pure folder may say, and the rule that it breaks. */
const impure: [source: string, rule: string][] = [
  ...['node:fs', 'postgres', 'kafkajs', 'drizzle-orm', 'next/headers', '@/lib/local/postgres'].map(
    (module): [string, string] => [from(module), imports],
  ),
  [from('@/db/queries/alerts'), plugin],
  ["export const a = fetch('http://localhost')\n", globals],
  ['export const a = new Date()\n', globals],
  ['export const a = Date.now()\n', globals],
  ['export const a = performance.now()\n', globals],
  ['export const a = Math.random()\n', plugin],
  ['const { random } = Math\nexport const a = random()\n', plugin],
  ['export const a = crypto.randomUUID()\n', globals],
]
/** What no file of lib may say. */
const upward: [source: string, rule: string][] = [
  [from('@/app/page'), imports],
  [from('@/ingest/main'), imports],
  [from('../../ingest/main'), imports],
  ["export const a = () => import('@/ingest/main')\n", imports],
]
const cases: { folder: string; source: string; rules: string[] }[] = [
  ...['model', ...pure].flatMap((name) =>
    upward.map(([source, rule]) => ({ folder: `lib/${name}`, source, rules: [rule] })),
  ),
  ...pure.flatMap((name) => impure.map(([source, rule]) => ({ folder: `lib/${name}`, source, rules: [rule] }))),
  // What the layers allow.
  ...pure.map((name) => ({
    folder: `lib/${name}`,
    source: "import type { Tx } from '@/db/tx'\n\nexport const a = (tx: Tx) => [tx, Math.floor(1.5)]\n",
    rules: [],
  })),
  { folder: 'lib/detect', source: from('@/lib/stats/mean'), rules: [] },
  { folder: 'lib/model', source: from('@/db/queries/alerts'), rules: [] },
  { folder: 'lib/model', source: 'export const a = [new Date(), Math.random()]\n', rules: [] },
  { folder: 'ingest', source: from('@/lib/monitor/monitor'), rules: [] },
  { folder: 'app', source: from('@/lib/model/read'), rules: [] },
]

describe('the layer rules of biome.json', () => {
  const broken = new Map<string, string[]>()
  const pathOf = (index: number) => `${cases[index]?.folder}/example-${index}.ts`

  // All of them in one run of the linter, in a folder that has the project's own rules.
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-layers-'))
    const { vcs: _, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
    cpSync(join(root, 'test/platform/pure.grit'), join(folder, 'test/platform/pure.grit'), { recursive: true })
    cases.forEach(({ source }, index) => {
      mkdirSync(dirname(join(folder, pathOf(index))), { recursive: true })
      writeFileSync(join(folder, pathOf(index)), source)
    })
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      diagnostics: { category: string; severity: string; location: { path: string } }[]
    }
    for (const { category, severity, location } of report.diagnostics) {
      const path = location.path.replace(/^\.\//, '')
      if (severity === 'error') broken.set(path, [...(broken.get(path) ?? []), category])
    }
    rmSync(folder, { recursive: true })
  })

  it.each(cases.map((one, index) => ({ ...one, index })))('$folder: $source → $rules', ({ rules, index }) => {
    expect(broken.get(pathOf(index)) ?? []).toEqual(rules)
  })
})
