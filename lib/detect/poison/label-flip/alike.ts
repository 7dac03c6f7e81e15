import { scatterBins } from './scatter-bins'

const leastAlike = 0.5
const mostAlike = 40
const knownPeers = 8
const knownRows = 40

/** How alike peers are, bin by bin, written into `alike`: as it was while too few of them are known. */
export function learnAlike(
  to: { readonly alike: Float64Array; isKnown: boolean },
  units: Iterable<{ readonly scatter: Float64Array; readonly accused: boolean }>,
): void {
  const { alike } = to
  const known = new Float64Array(scatterBins)
  const excess = new Float64Array(scatterBins)
  const squares = new Float64Array(scatterBins)
  for (const { scatter: own, accused } of units) {
    if (accused || own.length === 0) continue
    let rows = 0
    for (let b = 0; b < scatterBins; b++) rows += own[b] as number
    if (rows < knownRows) continue
    for (let b = 0; b < scatterBins; b++) {
      const expected = own[scatterBins + b] as number
      known[b] = (known[b] as number) + 1
      // Of h ~ Poisson(E·g), g of mean 1 and variance 1/a: E[(h − E)²] = E + E²/a.
      excess[b] = (excess[b] as number) + ((own[b] as number) - expected) ** 2 - expected
      squares[b] = (squares[b] as number) + expected ** 2
    }
  }
  to.isKnown ||= (known[0] as number) >= knownPeers
  for (let b = 0; b < scatterBins; b++)
    if ((known[b] as number) >= knownPeers)
      alike[b] = Math.min(mostAlike, Math.max(leastAlike, (squares[b] as number) / Math.max(1e-9, excess[b] as number)))
}
