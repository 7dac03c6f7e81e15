/**
 * How wide windows are shown, so that a range has at most so many: the model's own width, doubled as often as it takes. Doubling keeps the borders where
 * they were as a range grows, so what was merged once stays merged.
 */
export function wideMs(windowMs: number, spanMs: number, most: number): number {
  let width = windowMs
  // One is cut at either end.
  while (spanMs / width > most - 1) width *= 2
  return width
}
