'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import type { Strip } from '@/lib/view/strip'
import { type Domain, domainOf } from './charts/strip'
import { isLast, type Last, lastMs } from './range'

/** The time range lives in the URL: `?last=24h`, or `?from&to` as a brush sets it. Without either: all that is known. */
export function useRange() {
  const [state, set] = useQueryStates(
    { last: parseAsString, from: parseAsString, to: parseAsString },
    { history: 'push', shallow: true },
  )
  const last: Last | null = isLast(state.last) ? state.last : null
  return {
    last,
    from: state.from,
    to: state.to,
    range: { from: state.from, to: state.to, last },
    setLast: (next: Last | null) => set({ last: next, from: null, to: null }),
    setRange: (from: number, to: number) =>
      set({ last: null, from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
    /** One time axis for all strips of a screen. */
    domain: (strips: readonly Strip[]): Domain | null => {
      const all = domainOf(strips, state)
      return all && last ? [Math.max(all[0], all[1] - lastMs[last]), all[1]] : all
    },
  }
}
