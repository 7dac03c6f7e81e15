import { setImmediate as breathe } from 'node:timers/promises'
import type { Label } from '@/lib/event/types'
import { rankRows } from '@/lib/learn/forest/rank-rows'
import type { Row } from '@/lib/learn/inputs/encode'
import { marginsOf } from './margins'
import { neighbourVotes } from './neighbours'

export interface Looked {
  /** Chance that the label is wrong: 0 to 1; the mean of those who could tell. */
  readonly score: number
  readonly reasons: readonly string[]
}

export type View = 'forest' | 'neighbours' | 'learner'

export interface LookBack {
  /** By row, in their order; null where nobody could tell. */
  readonly rows: readonly (Looked | null)[]
  readonly views: readonly View[]
  /** Why nothing could be said at all. */
  readonly cannot: string | null
}

export const fewestRows = 60
const mostClasses = 64
/** From a chance on which a view is a reason. */
const tells = 0.5

/**
 * Ranks rows again, looking back: with what came after a row known too. A forest in two rounds where rows have numbers, categories or short embeddings
 * (lib/learn/forest), the labels of the nearest where they have embeddings, a learner of the others where they have texts.
 */
export async function lookBack(rows: readonly { readonly row: Row; readonly label: Label }[]): Promise<LookBack> {
  const labels = rows.map(({ label }) => String(label))
  const classes = new Set(labels).size
  const none = (cannot: string): LookBack => ({ rows: rows.map(() => null), views: [], cannot })
  if (rows.length < fewestRows) return none(`${rows.length} training rows: at least ${fewestRows} are compared`)
  if (classes < 2) return none('all of these rows have one label')
  if (classes > mostClasses)
    return none(`${classes} different labels: at most ${mostClasses} classes are compared, and no numbers`)
  const { forest, voters } = await forestOf(rows)
  await breathe()
  const votes = neighbourVotes(
    rows.map(({ row }) => row.embedding ?? null),
    labels,
  )
  const hasText = rows.some(({ row }) => row.text !== undefined)
  const margins = hasText ? await marginsOf(rows.map(({ row, label }) => ({ row, label: String(label) }))) : []
  const views: View[] = [
    ...(voters ? (['forest'] as const) : []),
    ...(votes.some((vote) => vote !== null) ? (['neighbours'] as const) : []),
    ...(hasText ? (['learner'] as const) : []),
  ]
  if (views.length === 0) return none('these rows have neither features nor a text nor an embedding')
  const looked = rows.map((_, i) => {
    const chances: number[] = []
    const reasons: string[] = []
    const say = (chance: number, reason: string) => {
      chances.push(chance)
      if (chance >= tells) reasons.push(reason)
    }
    if (voters) {
      const chance = forest[i] as number
      say(chance, `trees that had not seen it hold its label for wrong: ${percent(chance)}`)
    }
    const vote = votes[i]
    if (vote)
      say(
        1 - (vote.own + 0.5) / (vote.of + 1),
        `${vote.of - vote.own} of its ${vote.of} nearest rows say otherwise, most of them ${vote.most}`,
      )
    const margin = margins[i]
    if (margin)
      say(
        1 - margin.own,
        `a learner of the other rows gives its label ${percent(margin.own)}, and says ${margin.favourite}`,
      )
    if (chances.length === 0) return null
    return { score: chances.reduce((a, b) => a + b, 0) / chances.length, reasons }
  })
  return { rows: looked, views, cannot: null }
}

/** A forest has nothing to cut where rows are texts alone: then all its chances are even. */
async function forestOf(rows: readonly { readonly row: Row; readonly label: Label }[]) {
  await breathe()
  const forest = rankRows(rows)
  return { forest, voters: forest.some((chance) => chance !== 0.5) }
}

const percent = (share: number) => `${Math.round(100 * share)} %`
