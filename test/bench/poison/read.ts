import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PoisonStream, Raised, Said } from './score/truth'
import { fileName } from './write'

/** Another tool's findings and scores on a written stream, as lines of Contract 3. */
export function readSaid(dir: string, { seed, name }: PoisonStream): Said {
  const lines = readFileSync(join(dir, seed, `${fileName(name)}.out.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const findings = lines.filter((line): line is Raised => line.type === 'finding')
  const scores = new Map<string, number>()
  for (const { type, eventId, suspicion } of lines) if (type === 'score') scores.set(eventId, suspicion)
  return { findings, scores, microsPerLine: Number.NaN }
}
