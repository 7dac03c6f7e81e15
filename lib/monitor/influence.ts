import type { Finding } from '@/lib/alert/finding'
import type { GoldenRow } from '@/lib/detect/detector'
import { counterfactualOf } from '@/lib/learn/influence/counterfactual'
import { freeze } from '@/lib/learn/influence/freeze'
import { type Influence, leastRows } from '@/lib/learn/influence/influence'
import { sayCounterfactual } from '@/lib/learn/influence/say'
import type { Shadow } from '@/lib/learn/shadow'
import type { EvidenceSample, SourceStanding } from '@/lib/monitor/output'

/** A finding of poisoning, with what the model would be without the rows that it names. */
export function withCounterfactual(
  finding: Finding,
  influence: Influence,
  shadow: Shadow,
  golden: readonly GoldenRow[],
): Finding {
  const { kind, subject } = finding
  if (!kind.startsWith('poison.') || (!subject.origin && !subject.origins && !subject.labeler && !subject.eventIds))
    return finding
  if (shadow.classes.task === 'regression') return finding
  if (!influence.compact && !shadow.waiting && influence.rows >= leastRows && shadow.classes.names.length >= 2)
    freeze(influence, shadow, golden)
  const counterfactual = counterfactualOf(influence, subject, shadow.classes.names, subject.segment)
  if (!counterfactual) return finding
  const who = subject.origin ?? subject.labeler ?? (subject.origins ? named(subject.origins) : 'these rows')
  return { ...finding, counterfactual, why: `${finding.why}; ${sayCounterfactual(counterfactual, who)}` }
}

const named = (origins: readonly string[]) =>
  origins.length <= 3 ? origins.join(', ') : `${origins.slice(0, 2).join(', ')} and ${origins.length - 2} more`

/** Sources whose counterfactual is worked out at a look, the worst and others in turn. It takes a millisecond, so there is none at most samples. */
const worstALook = 1
const othersALook = 1
export const samplesPerLook = 10

/** What is told of the sources at one line, with what each does to the model. @param look rises from look to look; null: no look is due. */
export function withInfluence(
  samples: readonly (EvidenceSample | SourceStanding)[],
  influence: Influence,
  shadow: Shadow,
  look: number | null,
): (EvidenceSample | SourceStanding)[] {
  const standings = samples.filter((output) => output.type === 'source')
  const known = standings.filter(({ origin }) => influence.origins.byId.has(origin)).length
  const isDue = (place: number) =>
    look !== null &&
    (place < worstALook || (place - worstALook + known - (look % Math.max(1, known))) % known < othersALook)
  let place = 0
  return samples.map((output) => {
    if (output.type !== 'source') return output
    const holder = influence.origins.byId.get(output.origin)
    if (!holder) return output
    const { influence: loss, reach } = holder
    const counterfactual = isDue(place++) ? counterfactualOf(influence, output, shadow.classes.names) : null
    return { ...output, influence: { loss, reach, ...(counterfactual ? { counterfactual } : {}) } }
  })
}
