import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { configTable, withConfigTable } from '@/lib/config-readme'

const readme = () => readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')

it('the README has the current table of settings: npx tsx bin/setup/config-table.ts writes it', () => {
  expect(withConfigTable(readme())).toBe(readme())
})

it('the table names every default of Contract 4', () => {
  for (const row of [
    '| `PORT` | `4600` |',
    '| `HOST` | `127.0.0.1` |',
    '| `ASSAY_HOME` | `.assay` |',
    '| `DATABASE_URL` | embedded Postgres |',
  ]) {
    expect(configTable()).toContain(row)
  }
})
