import type { ModelConfig } from '@/lib/monitor/config'
import type { ModelDetail } from '@/lib/view/model'

const number = (value: number) => value.toLocaleString('en-US').replaceAll(',', ' ')

/** The promise of a model, in numbers and in words. */
export function budgetOf(config: ModelConfig): ModelDetail['budget'] {
  const { budget } = config
  const falseIncidents = budget?.falseIncidents ?? 1
  const perEvents = budget && 'perEvents' in budget ? budget.perEvents : null
  const perDays = perEvents !== null ? null : budget && 'perDays' in budget ? budget.perDays : 30
  const in_ = perEvents !== null ? `${number(perEvents)} events` : `${number(perDays ?? 30)} days of its events`
  return {
    falseIncidents,
    perDays,
    perEvents,
    words: `at most ${number(falseIncidents)} false incident${falseIncidents === 1 ? '' : 's'} in ${in_}`,
  }
}
