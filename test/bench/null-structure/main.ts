/**
 * Detectors of structure (segments, pairs, text, embeddings) alone, each with the whole budget: false alarms where nothing changes beside what is
 * promised, and delays where something does.
 *
 *   npx tsx test/bench/null-structure/main.ts [--streams 200] [--rows 8000] [--seed 1000] [--only regex] [--cases]
 *
 * 1 false incident in 40,000 lines is promised, by which 200 streams of 6,000 watched rows may raise 30.
 */
import type { Detector } from '@/lib/detect/detector'
import { embeddingDrift } from '@/lib/detect/drift/embedding/embedding'
import { pairDependence } from '@/lib/detect/drift/pair/pair'
import { segmentFeature } from '@/lib/detect/drift/segment/segment-feature'
import { segmentShare } from '@/lib/detect/drift/segment/segment-share'
import { textDrift } from '@/lib/detect/drift/text/text'
import { type Case, pairCases, segmentCases, shareCases } from './cases'
import { drive } from './drive'
import { embeddingCases, embeddingNulls } from './embeddings'
import { type Maker, tables } from './nulls'
import { textCases, textNulls } from './texts'

const value = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}
const streams = Number(value('--streams', '200'))
const rows = Number(value('--rows', '8000'))
const seed = Number(value('--seed', '1000'))
const only = new RegExp(value('--only', '.'))
const lines = 40_000

// biome-ignore lint/suspicious/noExplicitAny: detectors of every state.
const watched: [Detector<any, any>, Record<string, Maker>, readonly Case[]][] = [
  [segmentFeature, tables, segmentCases],
  [segmentShare, tables, shareCases],
  [pairDependence, tables, pairCases],
  [textDrift, textNulls, textCases],
  [embeddingDrift, embeddingNulls, embeddingCases],
]

for (const [detector, nulls, cases] of watched) {
  const share = typeof detector.share === 'number' ? detector.share : 1
  if (process.argv.includes('--cases')) {
    for (const { name, make, onset, subject } of cases) {
      if (!only.test(`${detector.id} ${name}`)) continue
      const delays: number[] = []
      const off: number[] = []
      const runs = Math.min(streams, 20)
      let wrong = 0
      let early = 0
      for (let s = 0; s < runs; s++) {
        const alarms = drive(detector, onset + 4000, make(seed + s), 200_000 / share)
        early += alarms.filter((alarm) => alarm.eventIndex < onset).length
        const found = alarms.find((alarm) => alarm.eventIndex >= onset && JSON.stringify(alarm.subject) === subject)
        wrong += alarms.filter((alarm) => alarm.eventIndex >= onset && alarm !== found).length
        if (!found) continue
        delays.push(found.eventIndex - onset)
        off.push(Math.abs(found.onsetIndex - onset))
      }
      delays.sort((a, b) => a - b)
      off.sort((a, b) => a - b)
      const middle = (list: number[]) => list[list.length >> 1] ?? Number.NaN
      console.log(
        `${detector.id} | ${name} | found ${delays.length}/${runs} | delay ${middle(delays)}, worst ${delays.at(-1)} | onset off ${middle(off)} | others ${wrong} | before ${early}`,
      )
    }
    continue
  }
  for (const [name, make] of Object.entries(nulls)) {
    if (!only.test(`${detector.id} ${name}`)) continue
    let alarms = 0
    for (let s = 0; s < streams; s++)
      alarms += drive(
        detector,
        name.startsWith('SMS') ? 5574 : rows,
        make(seed + s),
        lines,
        name === 'time of day' ? 300_000 : 60_000,
      ).length
    // A set is shuffled, not drawn from: it has no more rows.
    const promised = (streams * (name.startsWith('SMS') ? 3574 : rows - 2000)) / lines
    console.log(`${detector.id} | ${name} | ${alarms} alarms in ${streams} streams | promised at most ${promised}`)
  }
}
