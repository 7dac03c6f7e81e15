import { noConfidence, probabilityOf } from '@/lib/detect/concept/confidence'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import { startHours } from '@/lib/detect/prediction/hours'
import { meanError, type Performance, start, top } from '@/lib/detect/prediction/performance'

const bins = 20
/** From the labelled baseline: P(wrong) by confidence, never rising with it (pool adjacent violators). */
export function calibrate(p: Performance, open: OpenPredictions, rows: readonly number[]): void {
  const scored: { byte: number; wrong: number }[] = []
  for (const n of rows) {
    const place = n % open.capacity
    const byte = open.confidence[place] as number
    if (byte !== noConfidence) scored.push({ byte, wrong: open.label[place] === open.predicted[place] ? 0 : 1 })
  }
  if (scored.length < 200) return
  scored.sort((a, b) => a.byte - b.byte)
  const blocks: { byte: number; wrong: number; n: number }[] = []
  for (let b = 0; b < bins; b++) {
    const from = Math.floor((b * scored.length) / bins)
    const to = Math.floor(((b + 1) * scored.length) / bins)
    let block = { byte: 0, wrong: 0, n: to - from }
    for (let i = from; i < to; i++) {
      block.byte += (scored[i]?.byte ?? 0) / block.n
      block.wrong += (scored[i]?.wrong ?? 0) / block.n
    }
    for (let last = blocks.at(-1); last && last.wrong <= block.wrong; last = blocks.at(-1)) {
      blocks.pop()
      const n = last.n + block.n
      block = {
        byte: (last.byte * last.n + block.byte * block.n) / n,
        wrong: (last.wrong * last.n + block.wrong * block.n) / n,
        n,
      }
    }
    blocks.push(block)
  }
  const [first] = blocks as [(typeof blocks)[0]]
  for (let byte = 0; byte <= top; byte++) {
    const after = blocks.findIndex((block) => block.byte >= byte)
    // Beyond the rows that it was learned on the scores' own slope goes on.
    if (after === 0)
      p.calibration[byte] = Math.max(
        first.wrong,
        Math.min(1, first.wrong + 1 - probabilityOf(byte) - (1 - probabilityOf(first.byte))),
      )
    else if (after < 0) p.calibration[byte] = (blocks.at(-1) as (typeof blocks)[0]).wrong
    else {
      const a = blocks[after - 1] as (typeof blocks)[0]
      const b = blocks[after] as (typeof blocks)[0]
      p.calibration[byte] = a.wrong + ((b.wrong - a.wrong) * (byte - a.byte)) / (b.byte - a.byte)
    }
  }
  p.calibrated = true
  p.expected = start()
  p.rows = start()
  p.blocks = start()
  p.block = { sum: 0, n: 0 }
  p.hours = startHours()
  if (p.unit?.reference.length) p.baseline = meanError(p, p.unit.reference)
}
