/**
 * Where labels are numbers: how a unit has always used the scale. Who is severe, lenient, or spreads his marks wide, lies off what is expected from his
 * first row on: that is a person, not an attack. So what is held against a unit is a change of its ways, or ways that no peer comes near.
 *
 * Formula  of each bet: w = logit(hits/rows) − logit(expected/rows) over the unit's rows before the present run, with s² = 1/(rows·r·(1 − r)); peers' w have
 *          median μ and spread τ, sampling error taken off. The unit's way is N(μ + (w − μ)·τ²/(τ² + s²), τ²s²/(τ² + s²)): `shift` and, three of
 *          its deviations up (five of a newcomer's), `most`. Of peers who are all alike, so, it is their way; where they differ, a unit's own after some rows.
 * Alone    with fewer than four peers known, its own way with twelve rows of anybody's; with fewer than 40 rows of its own as well no bet is made.
 * Source   empirical Bayes: Efron & Morris 1975, JASA 70.
 */
export interface Habit {
  /** Log odds that the unit's ways add to anybody's chance of a hit, and the most that is borne. */
  shift: number
  most: number
}

/** Of peers, for each bet. */
export interface Way {
  middle: number
  spread: number
}

const knownRows = 40
const knownPeers = 4
const priorRows = 12
const deviations = 3
/** As many more while it is its peers' spread that says it: of hundreds of people the most severe one lies so far out. */
const beyondPeers = 2

/** For each bet: rows on which it was on, hits, hits expected of anybody; then the same before its present run. */
export const habitLength = 6
const before = 3

const habit: Habit = { shift: 0, most: 0 }

/** @param peers what `usualWays` gave. @returns null while nothing is known of the unit or its peers; otherwise an object that the next call reuses. */
export function habitOf(habits: Float64Array, bet: number, peers: readonly Way[]): Habit | null {
  const at = bet * habitLength + before
  const rows = habits[at] ?? 0
  const peer = peers[bet]
  if (rows < knownRows && !peer) return null
  const usual = rows > 0 ? within((habits[at + 2] as number) / rows) : 0.5
  const hits = habits[at + 1] ?? 0
  const rate = within((hits + priorRows * usual) / (rows + priorRows))
  const way = logit(rate) - logit(usual)
  const sampling = 1 / (Math.max(1, rows) * rate * (1 - rate))
  if (peer) {
    const own = rows > 0 ? peer.spread ** 2 / (peer.spread ** 2 + sampling) : 0
    habit.shift = peer.middle + (way - peer.middle) * own
    const open = 1 - own
    habit.most = habit.shift + (deviations + beyondPeers * open) * peer.spread * Math.sqrt(open)
  } else {
    habit.shift = way
    habit.most = way + deviations * Math.sqrt(sampling)
  }
  return habit
}

/** Notes a row on which the bet was on, with anybody's chance `p` of a hit. @param isRunning whether the row may belong to a change. */
export function noteHabit(habits: Float64Array, bet: number, hit: boolean, p: number, isRunning: boolean): void {
  const at = bet * habitLength
  habits[at] = (habits[at] as number) + 1
  if (hit) habits[at + 1] = (habits[at + 1] as number) + 1
  habits[at + 2] = (habits[at + 2] as number) + p
  if (!isRunning) habits.copyWithin(at + before, at, at + before)
}

/** Rows on which the bet was on before its present run, and hits beyond the expected. */
export function habitBefore(habits: Float64Array, bet: number): { rows: number; excess: number } {
  const at = bet * habitLength + before
  return { rows: habits[at] ?? 0, excess: (habits[at + 1] ?? 0) - (habits[at + 2] ?? 0) }
}

/** What peers' ways are, bet by bet; empty while too few of them are known. */
export function usualWays(units: Iterable<{ readonly habits: Float64Array; readonly accused: boolean }>): Way[] {
  const known: Float64Array[] = []
  for (const { habits, accused } of units) if (!accused && (habits[0] ?? 0) >= knownRows) known.push(habits)
  if (known.length < knownPeers) return []
  const ways = Array.from({ length: (known[0] as Float64Array).length / habitLength }, (_, bet) => wayOf(known, bet))
  // Severity and width show in every class, and a rare one has too few hits to tell by itself.
  const isRare = ways.map((_, bet) => usualRate(known, bet) < rareRate)
  const common = Math.max(leastSpread, ...ways.flatMap(({ spread }, bet) => (isRare[bet] ? [] : [spread])))
  return ways.map(({ middle, spread }, bet) => ({ middle, spread: isRare[bet] ? Math.max(spread, common) : spread }))
}

const rareRate = 0.1

function usualRate(known: readonly Float64Array[], bet: number): number {
  let [rows, expected] = [0, 0]
  for (const habits of known) {
    rows += habits[bet * habitLength] as number
    expected += habits[bet * habitLength + 2] as number
  }
  return rows > 0 ? expected / rows : 0
}

/** The spread is that of the middle half, or half the standard deviation if that is more: one unit that differs must not hide in what it does to it. */
function wayOf(known: readonly Float64Array[], bet: number): Way {
  const at = bet * habitLength
  const ways: number[] = []
  let sampling = 0
  for (const habits of known) {
    const rows = habits[at] as number
    if (rows < knownRows / 2) continue
    const rate = ((habits[at + 1] as number) + 0.5) / (rows + 1)
    ways.push(logit(within(rate)) - logit(within((habits[at + 2] as number) / rows)))
    sampling += 1 / (rows * rate * (1 - rate))
  }
  const n = ways.length
  if (n < knownPeers) return { middle: 0, spread: leastSpread }
  const middle = medianOf(ways)
  const off = 1.4826 * medianOf(ways.map((way) => Math.abs(way - middle)))
  const mean = ways.reduce((sum, way) => sum + way, 0) / n
  const variance = ways.reduce((sum, way) => sum + (way - mean) ** 2, 0) / (n - 1)
  const beyond = Math.max(0, off * off - sampling / n, (variance - sampling / n) / 4)
  return { middle, spread: Math.max(leastSpread, (1 + 4 / (n - 1)) * Math.sqrt(beyond)) }
}

const leastSpread = 0.05

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}

/** The chance `p`, by so much more in log odds. */
export const shifted = (p: number, by: number): number => 1 / (1 + Math.exp(-logit(within(p)) - by))

const within = (p: number) => Math.min(0.98, Math.max(0.005, p))
const logit = (p: number) => Math.log(p / (1 - p))
