import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MadeStream } from './stream/truth'
import { bytesOf } from './watch'

/** `dir/<seed>/<name>.ndjson` and `.truth.json` beside it, for whoever else reads Contract 1. */
export function writeStream(dir: string, stream: MadeStream): void {
  const folder = join(dir, stream.seed)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${stream.name}.ndjson`), Buffer.concat([...bytesOf(stream)]))
  const { lines, ...rest } = stream
  writeFileSync(
    join(folder, `${stream.name}.truth.json`),
    `${JSON.stringify({ ...rest, lines: lines.length }, null, 1)}\n`,
  )
}
