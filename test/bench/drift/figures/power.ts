import { quantile, row } from '../score/table'
import type { Random } from '../stream/random'
import { findingsOf } from '../watch'
import type { Figure } from './options'
import { plain, watched } from './plain'

const change = 5000
const changes: Record<string, (random: Random) => number> = {
  '+.1 σ': (r) => r.normal() + 0.1,
  '+.25 σ': (r) => r.normal() + 0.25,
  '+.5 σ': (r) => r.normal() + 0.5,
  '+1 σ': (r) => r.normal() + 1,
  '× 1.1': (r) => 1.1 * r.normal(),
  '× 1.2': (r) => 1.2 * r.normal(),
  '1.5 % at +4 σ': (r) => r.normal() + (r.chance(0.015) ? 4 : 0),
}

/** One change in one of 25 features after 5,000 rows, 15,000 more to find it. */
export const powerFigure: Figure = async ({ runs, seed, perEvents }) => {
  console.log(row(['in one of 25', 'found', 'delay: median', '90th', 'onset off, median', 'other findings']))
  console.log(row(Array(6).fill('---')))
  for (const [name, next] of Object.entries(changes)) {
    const delays: number[] = []
    const onsets: number[] = []
    let others = 0
    for (let run = 0; run < runs; run++) {
      const bent = (feature: string, random: Random) => (i: number) =>
        feature === watched && i >= change ? next(random) : random.normal()
      const findings = await findingsOf(plain(`${seed}/${name}/${run}`, change + 15_000, bent), perEvents)
      const right = findings.find((f) => f.eventIndex >= change && f.subject.feature === watched)
      others += findings.length - (right ? 1 : 0)
      if (!right) continue
      delays.push(right.eventIndex - change)
      onsets.push(Math.abs(right.onsetIndex - change))
    }
    console.log(
      row([
        name,
        `${delays.length} of ${runs}`,
        quantile(delays, 0.5),
        quantile(delays, 0.9),
        quantile(onsets, 0.5),
        others,
      ]),
    )
  }
}
