import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MadeStream, Raised } from './stream/truth'

/** Another tool's findings on a written stream, as lines of Contract 3. */
export function readFindings(dir: string, { seed, name }: MadeStream): Raised[] {
  return readFileSync(join(dir, seed, `${name}.findings.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((line) => line.type === 'finding')
}
