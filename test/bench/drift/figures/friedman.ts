import { friedman } from '../scenario/friedman'
import { quantile, row } from '../score/table'
import { findingsOf } from '../watch'
import type { Figure } from './options'

/** FriedmanDrift, `runs` a kind: 2,500 stable and 2,500 drifted predictions under a fixed regressor, every finding of any kind counted. */
export const friedmanFigure: Figure = async ({ runs, seed, perEvents }) => {
  console.log(
    row([
      'FriedmanDrift',
      'runs',
      'found',
      'runs with a false alarm before',
      'delay, predictions: median',
      '90th',
      'other kinds after',
    ]),
  )
  console.log(row(Array(7).fill('---')))
  for (const kind of ['gra', 'gsg', 'lea'] as const) {
    const delays: number[] = []
    let early = 0
    let others = 0
    for (let run = 0; run < runs; run++) {
      const stream = friedman(kind, `${seed}/${run}`)
      const from = stream.truths[0]?.from ?? 0
      const findings = await findingsOf(stream, perEvents)
      if (findings.some((f) => f.eventIndex < from)) early++
      const after = findings.filter((f) => f.eventIndex >= from)
      const first = after.find((f) => f.kind === 'drift.concept')
      if (first) delays.push((first.eventIndex - from) / 2)
      others += after.filter((f) => f.kind !== 'drift.concept').length
    }
    const at = (p: number) => Math.round(quantile(delays, p) ?? Number.NaN)
    console.log(row([kind.toUpperCase(), runs, delays.length, early, at(0.5), at(0.9), others]))
  }
  console.log(
    '\nPublished (arXiv 2603.13156): ADWIN false alarms .9 %, delay 27, 27, 115; PITMonitor 3.8 %, 77, 189, 1,919; HDDM_A 6 %, 60, 168, 2,032.',
  )
}
