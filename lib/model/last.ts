/** Ranges that end at a model's latest event: event time, whatever the clock on the wall says. */
export const lastMs = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const
export type Last = keyof typeof lastMs
export const lasts = ['1h', '24h', '7d', '30d'] as const satisfies readonly Last[]
