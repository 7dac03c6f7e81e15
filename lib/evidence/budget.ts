import type { ModelConfig } from '@/lib/monitor/config'

/**
 * The budget in the user's words ("at most k false incidents in 30 days") as restart mass: what each line of a model may spend.
 *
 * Promise   Σ mass of all lines ≤ k false incidents a period, so a detector whose alarms cost their mass raises at most that many in expectation.
 *           Two thirds are kept back (`safety`): the bound of an e-detector with many bets is tight, and a learnt null is not exact.
 * perEvents k / (safety · perEvents) a line.
 * perDays   k · (time passed on the event clock) / (safety · period). The clock never goes back and goes forward by at most `leap` usual gaps
 *           a line, so that one wrong date in the future buys next to nothing, and constant time still spends `floorPerLine`:
 *           Σ mass ≤ k · (event time passed) / (safety · period) + lines · k · floorPerLine, whatever the order of times.
 * Purses    What passes is laid up for each type of event by its share of the lines so far, and the next line of the type spends it: were it all given to the
 *           line that moves the clock, predictions that come behind their labels by minutes, always, would never have anything to spend.
 * Source    recipes/poisoning.md §1; Shin, Ramdas & Rinaldo 2022 for e-detectors.
 */
export interface BudgetState {
  falseIncidents: number
  periodMs: number
  perEvents: number
  /** The event clock, and the usual gap between two lines by it, milliseconds. */
  clockMs: number
  gapMs: number
  lines: number
  purses: { readonly type: string; lines: number; mass: number }[]
}

const dayMs = 86_400_000
const safety = 3
const leap = 50
/** A line's least share of the budget: 1 in 10 million. */
const floorPerLine = 1e-7
/** No line spends more than this share of a period's budget. */
const mostPerLine = 1e-2

export function startBudget(budget: ModelConfig['budget']): BudgetState {
  const falseIncidents = budget?.falseIncidents ?? 1
  const perEvents = budget && 'perEvents' in budget ? budget.perEvents : 0
  const perDays = budget && 'perDays' in budget ? budget.perDays : 30
  return { falseIncidents, perEvents, periodMs: perDays * dayMs, clockMs: Number.NaN, gapMs: 0, lines: 0, purses: [] }
}

/** Takes the next line's event time, and its type. @returns the restart mass that this line may spend, in false incidents. Changes the state in place. */
export function chargeLine(state: BudgetState, timeMs: number, type = ''): number {
  if (state.perEvents > 0) return state.falseIncidents / (safety * state.perEvents)
  state.lines++
  const purse = purseOf(state, type)
  purse.lines++
  if (Number.isNaN(state.clockMs)) {
    state.clockMs = timeMs
    return state.falseIncidents * floorPerLine
  }
  const ahead = Math.max(0, timeMs - state.clockMs)
  // While the usual gap is unknown, an hour is the most that a first line may leap.
  const cap = state.lines < 20 ? 3_600_000 : Math.max(1000, leap * state.gapMs)
  const step = Math.min(ahead, cap)
  state.clockMs += step
  state.gapMs += (step - state.gapMs) / Math.min(state.lines, 500)
  if (step > 0) {
    const share = step / (safety * state.periodMs) / state.lines
    for (const one of state.purses) one.mass += share * one.lines
  }
  const part = Math.min(mostPerLine, purse.mass)
  purse.mass = 0
  return state.falseIncidents * Math.max(floorPerLine, part)
}

function purseOf({ purses }: BudgetState, type: string): BudgetState['purses'][number] {
  for (const purse of purses) if (purse.type === type) return purse
  const purse = { type, lines: 0, mass: 0 }
  purses.push(purse)
  return purse
}
