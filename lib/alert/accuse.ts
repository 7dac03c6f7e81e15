import { type Cause, isOutput, peopleOf } from './cause'
import type { CoordinatorState } from './coordinator'
import type { Finding, VerdictChange } from './finding'

/** Notes who is accused by a finding. @returns what was said before and reads otherwise now: the same person called careless, errors of the same onset. */
export function accuse(state: CoordinatorState, finding: Finding, near: readonly Cause[]): VerdictChange[] {
  const people = peopleOf(finding.subject)
  state.accused.push(...people.filter((who) => !state.accused.includes(who)))
  const careless = state.causes.filter((cause) => cause.family === 'person' && people.includes(cause.unit))
  const rose = near.filter((cause) => isOutput(cause.family))
  return [
    ...turn(careless, finding, `called careless before, and accused by ${finding.id} since`),
    ...turn(rose, finding, `the same onset as ${finding.id}`),
  ]
}

function turn(causes: readonly Cause[], { eventIndex, why }: Finding, because: string): VerdictChange[] {
  const said: VerdictChange[] = []
  for (const cause of causes) {
    if (cause.finding === null || cause.verdict === 'poisoning') continue
    cause.verdict = 'poisoning'
    said.push({
      type: 'verdict',
      finding: cause.finding,
      eventIndex,
      verdict: 'poisoning',
      why: `${because}: ${why}`,
    })
  }
  return said
}
