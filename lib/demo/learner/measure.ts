/** Metrics of a version on rows that it never learned. `positive` is the second class, the one that is looked for. */
export function measure(answers: readonly { positive: boolean; said: number }[]): Record<string, number> {
  let right = 0
  let hit = 0
  let claimed = 0
  let positives = 0
  let loss = 0
  for (const { positive, said } of answers) {
    const claims = said > 0.5
    if (claims === positive) right++
    if (claims) claimed++
    if (positive) positives++
    if (claims && positive) hit++
    loss -= Math.log(Math.max(1e-12, positive ? said : 1 - said))
  }
  const n = answers.length
  if (n === 0) return { heldOut: 0 }
  const round = (value: number) => Number(value.toFixed(4))
  return {
    heldOut: n,
    accuracy: round(right / n),
    precision: round(claimed === 0 ? 1 : hit / claimed),
    recall: round(positives === 0 ? 1 : hit / positives),
    logLoss: round(loss / n),
  }
}
