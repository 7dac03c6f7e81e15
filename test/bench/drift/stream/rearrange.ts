import type { MadeStream, Truth } from './truth'

/** The streams' lines in another order: `order` names each line by stream and place. Truths begin where their first affected line now stands. */
export function rearranged(
  name: string,
  seed: string,
  streams: readonly MadeStream[],
  order: readonly { stream: number; line: number }[],
): MadeStream {
  const placeOf = streams.map((s) => new Int32Array(s.lines.length))
  for (const [place, { stream, line }] of order.entries()) (placeOf[stream] as Int32Array)[line] = place
  const truths: Truth[] = streams.flatMap((stream, s) => {
    const places = placeOf[s] as Int32Array
    const firstFrom = (line: number) => places.subarray(line).reduce((low, place) => Math.min(low, place), order.length)
    return stream.truths.map((truth) => ({
      ...truth,
      model: modelOf(stream),
      from: firstFrom(truth.from),
      ...(truth.to === undefined ? {} : { to: Math.max(firstFrom(truth.to), firstFrom(truth.from)) }),
      ...(truth.completeAt === undefined ? {} : { completeAt: firstFrom(truth.completeAt) }),
    }))
  })
  const lines = order.map(({ stream, line }) => streams[stream]?.lines[line] as object)
  return { name, seed, lines, truths }
}

const modelOf = (stream: MadeStream): string => (stream.lines[0] as { data: { model: string } }).data.model
