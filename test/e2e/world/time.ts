/** The seeded world covers two days that end at `until`; everything in it began to go wrong six hours before. */
export const hour = 3_600_000
export const until = Date.parse('2026-11-20T12:00:00Z')
export const from = until - 48 * hour
export const onset = until - 6 * hour
export const fired = until - 5 * hour
export const at = (ms: number) => new Date(ms)
export const iso = (ms: number) => new Date(ms).toISOString()
