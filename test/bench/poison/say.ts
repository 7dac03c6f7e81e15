import { replay } from '@/ingest/replay'
import type { PoisonStream, Raised, Said } from './score/truth'

const linesPerChunk = 500

/** The stream as the bytes of its file. */
export function* bytesOf({ lines }: Pick<PoisonStream, 'lines'>): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += linesPerChunk)
    yield Buffer.from(
      lines
        .slice(at, at + linesPerChunk)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
}

/** What our own replay (Contract 3) says of a stream, with scores, in this process. Time is CPU of the replay alone, decoding with it. */
export async function ours(stream: PoisonStream): Promise<Said> {
  const findings: Raised[] = []
  const scores = new Map<string, number>()
  const chunks = [...bytesOf(stream)]
  async function* feed() {
    yield* chunks
  }
  const options = {
    config: { models: { [stream.model]: stream.config } },
    golden: new Map([[stream.model, stream.golden]]),
    scores: true,
  }
  const before = process.cpuUsage()
  await replay(feed(), options, (line) => {
    if (line.type === 'finding') findings.push(line)
    if (line.type === 'score') scores.set(line.eventId, line.suspicion)
    if (line.type === 'rejected')
      throw new Error(`${stream.name} ${stream.seed}, line ${line.eventIndex}: ${line.reason}`)
  })
  const { user, system } = process.cpuUsage(before)
  return { findings, scores, microsPerLine: (user + system) / stream.lines.length }
}
