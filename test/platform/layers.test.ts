import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
let folder = ''

/** Lints one file, at this path of the project, under the project's own rules. @returns the rules that it breaks */
function lint(path: string, source: string): string[] {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, source)
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', path], {
    cwd: folder,
    encoding: 'utf8',
  })
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    diagnostics: { category: string; severity: string }[]
  }
  rmSync(file)
  return report.diagnostics.filter(({ severity }) => severity === 'error').map(({ category }) => category)
}

describe('the layer rules of biome.json', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-layers-'))
    const { vcs: _, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
    cpSync(join(root, 'test/platform/pure.grit'), join(folder, 'test/platform/pure.grit'), { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const imports = 'lint/style/noRestrictedImports'
  const globals = 'lint/style/noRestrictedGlobals'
  const pure = ['stats', 'evidence', 'detect', 'learn', 'alert', 'monitor'].map((name) => `lib/${name}/example.ts`)

  it.each(['lib/model/example.ts', ...pure])('%s imports neither app nor ingest', (path) => {
    expect(lint(path, "import { page } from '@/app/page'\n\nexport const a = page\n")).toEqual([imports])
    expect(lint(path, "import { runWorker } from '@/ingest/main'\n\nexport const a = runWorker\n")).toEqual([imports])
    expect(lint(path, "export const a = () => import('@/ingest/main')\n")).toEqual([imports])
    expect(lint(path, "import { runWorker } from '../../ingest/main'\n\nexport const a = runWorker\n")).toEqual([
      imports,
    ])
  })

  it.each(pure)('%s does no IO', (path) => {
    for (const name of ['node:fs', 'postgres', 'kafkajs', 'drizzle-orm', 'next/headers']) {
      expect(lint(path, `import { a } from '${name}'\n\nexport const b = a\n`), name).toEqual([imports])
    }
    expect(lint(path, "import { a } from '@/db/queries/alerts'\n\nexport const b = a\n")).toEqual(['plugin'])
    expect(lint(path, "export const a = fetch('http://localhost')\n")).toEqual([globals])
  })

  it.each(pure)('%s reads no clock', (path) => {
    expect(lint(path, 'export const a = new Date()\n')).toEqual([globals])
    expect(lint(path, 'export const a = Date.now()\n')).toEqual([globals])
    expect(lint(path, 'export const a = performance.now()\n')).toEqual([globals])
  })

  it.each(pure)('%s makes no randomness', (path) => {
    expect(lint(path, 'export const a = Math.random()\n')).toEqual(['plugin'])
    expect(lint(path, 'const { random } = Math\nexport const a = random()\n')).toEqual(['plugin'])
    expect(lint(path, 'export const a = crypto.randomUUID()\n')).toEqual([globals])
  })

  it('lets through what the layers allow', () => {
    const types = "import type { Tx } from '@/db/tx'\n\nexport const a = (tx: Tx) => [tx, Math.floor(1.5)]\n"
    for (const path of pure) expect(lint(path, types)).toEqual([])
    expect(lint('lib/detect/example.ts', "import { mean } from '@/lib/stats/mean'\n\nexport const a = mean\n")).toEqual(
      [],
    )
    expect(
      lint('lib/model/example.ts', "import { a } from '@/db/queries/alerts'\n\nexport const b = [a, new Date()]\n"),
    ).toEqual([])
    expect(lint('ingest/example.ts', "import { a } from '@/lib/monitor/monitor'\n\nexport const b = a\n")).toEqual([])
  })
})
