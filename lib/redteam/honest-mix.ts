import { type Act, firstRow, type Row, rewrite, type TrainingEvent, uniforms } from './stage'
import { isIn, type Targeted } from './targeted'

type Where = Targeted['where']
const honest = (name: string, feed: readonly TrainingEvent[], eventIds: readonly string[]) => ({
  feed,
  truth: { kind: null, name, subject: {}, eventIds },
})

/** Rows leave the feed for an honest reason: `stays` is the chance of a row to come. */
const thin =
  (name: string, stays: (row: Row, part: number) => number): Act =>
  (feed, seed) => {
    const u = uniforms(seed, name)
    const gone: string[] = []
    const kept = feed.filter((event, place) => {
      if (u(place) < stays(event.data, place / feed.length)) return true
      gone.push(event.id)
      return false
    })
    return honest(name, kept, gone)
  }

/** The mix of a stratum swings like a season: its rows come with a chance between `least` and 1. */
export const seasonalMix = ({ where, cycles, least }: { where: Where; cycles: number; least: number }): Act =>
  thin('seasonal mix', (row, part) =>
    isIn(row, where) ? least + ((1 - least) * (1 + Math.cos(2 * Math.PI * cycles * part))) / 2 : 1,
  )

/** Everything comes less for a while, whoever sends it. */
export const outage = ({ onset, span, left }: { onset: number; span: number; left: number }): Act =>
  thin('outage', (_, part) => (part >= onset && part < onset + span ? left : 1))

/** An origin stops. */
export const retire = ({ origin, onset }: { origin: string; onset: number }): Act =>
  thin('a source retires', (row, part) => (row.origin.id === origin && part >= onset ? 0 : 1))

/** One class is rare from the first row on. */
export const rareClass = ({ label, left }: { label: Row['label']; left: number }): Act =>
  thin('rare class', (row) => (row.label === label ? left : 1))

/** The rule of the world becomes another one, at once or over a `span` of the feed, for everybody, or only where `where` holds. */
export const newRule =
  ({
    onset,
    span = 0,
    where,
    rule,
  }: {
    onset: number
    span?: number
    where?: Where
    rule: (row: Row, u: number) => Row['label']
  }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'new-rule')
    const from = firstRow(feed, onset)
    const staged = rewrite(feed, onset, (row, place) => {
      if (where !== undefined && !isIn(row, where)) return null
      if (u(2 * place) * span * feed.length > place - from) return null
      const label = rule(row, u(2 * place + 1))
      return label === row.label ? null : { ...row, label }
    })
    return honest('new rule', staged.feed, staged.eventIds)
  }

/** A word nobody used before comes up and goes with a label, as a new product or a new slang does: every source writes it, and its label is right. */
export const newWord =
  ({ onset, strength, word, label }: { onset: number; strength: number; word: string; label: Row['label'] }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'new-word')
    const staged = rewrite(feed, onset, (row, place) => {
      // Rarely with another label, as words are.
      const chance = row.label === label ? strength : strength / 40
      return row.text !== undefined && u(place) < chance ? { ...row, text: `${row.text} ${word}` } : null
    })
    return honest('new word', staged.feed, staged.eventIds)
  }

/** Somebody new who rates like nobody else: all his values are moved by `by`, for all that he rates. */
export const severeRater =
  ({
    onset,
    rows,
    origin,
    by,
    low,
    high,
  }: {
    onset: number
    rows: number
    origin: string
    by: number
    low: number
    high: number
  }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'severe')
    const from = firstRow(feed, onset)
    const share = rows / Math.max(1, feed.length - from)
    const staged = rewrite(feed, onset, (row, place) => {
      if (u(place) >= share || typeof row.label !== 'number') return null
      const label = Math.min(high, Math.max(low, row.label + by))
      return { ...row, origin: { id: origin, kind: row.origin.kind }, label }
    })
    return honest('a severe rater', staged.feed, staged.eventIds)
  }
