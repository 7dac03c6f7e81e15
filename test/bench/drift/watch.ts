import { replay } from '@/ingest/replay'
import type { Finding } from '@/lib/alert/finding'
import type { MadeStream } from './stream/truth'

/** NDJSON of a stream, in the pieces a file would give. */
export function* bytesOf(stream: MadeStream): Generator<Buffer> {
  for (let at = 0; at < stream.lines.length; at += 500)
    yield Buffer.from(
      stream.lines
        .slice(at, at + 500)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
}

/** Our findings on a stream: the replay of Contract 3 in this process, a budget of one false incident in `perEvents` lines and nothing else configured. */
export async function findingsOf(stream: MadeStream, perEvents: number): Promise<Finding[]> {
  const models = new Set(stream.lines.map((line) => (line as { data: { model: string } }).data.model))
  const config = { models: Object.fromEntries([...models].map((model) => [model, { budget: { perEvents } }])) }
  const findings: Finding[] = []
  async function* chunks() {
    yield* bytesOf(stream)
  }
  await replay(chunks(), { config, golden: new Map(), scores: false }, (line) => {
    if (line.type === 'finding') findings.push(line)
    if (line.type === 'rejected')
      throw new Error(`${stream.name} ${stream.seed}, line ${line.eventIndex}: ${line.reason}`)
  })
  return findings
}
