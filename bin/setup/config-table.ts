/** `npx tsx bin/setup/config-table.ts`: writes README.md's table of settings anew. A test fails while it is out of date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withConfigTable } from '@/lib/config-readme'

const readme = join(import.meta.dirname, '..', '..', 'README.md')
writeFileSync(readme, withConfigTable(readFileSync(readme, 'utf8')))
