import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf } from './say'
import type { PoisonStream } from './score/truth'

/** `dir/<seed>/<base>-<attack>.ndjson` with `.golden.ndjson`, `.config.json` and `.truth.json` beside it: what `npm run -s replay` takes, for whoever else reads Contract 1. */
export function writeStream(dir: string, stream: PoisonStream): void {
  const folder = join(dir, stream.seed)
  mkdirSync(folder, { recursive: true })
  const path = (end: string) => join(folder, `${fileName(stream.name)}.${end}`)
  writeFileSync(path('ndjson'), Buffer.concat([...bytesOf(stream)]))
  if (stream.golden.length)
    writeFileSync(path('golden.ndjson'), stream.golden.map((row) => `${JSON.stringify(row)}\n`).join(''))
  writeFileSync(path('config.json'), `${JSON.stringify({ models: { [stream.model]: stream.config } })}\n`)
  const { lines, golden, bad, careless, ...rest } = stream
  const truth = { ...rest, lines: lines.length, bad: [...bad], careless: [...careless] }
  writeFileSync(path('truth.json'), `${JSON.stringify(truth)}\n`)
}

export const fileName = (name: string) => name.replace('/', '-').replaceAll('%', '')
