const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** 5400000 → `1.5 h`; 840 → `840 ms`. */
export function duration(ms: number): string {
  for (const [size, unit] of units) {
    if (ms < size) continue
    const value = ms / size
    return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${unit}`
  }
  return `${Math.round(ms)} ms`
}
