import type { Random } from './random'
import { fitTree, type Tree } from './tree'

/** A model that goes on learning from each labelled row: its errors rise at a drift and fall again by themselves. */
export interface Learner {
  share(x: readonly number[]): number
  learn(x: readonly number[], y: boolean): void
}

/** Refits a tree on its last rows every so often. */
export function refitted(windowRows: number, everyRows: number): Learner {
  const rows: { x: readonly number[]; y: boolean }[] = []
  let tree: Tree = { share: () => 0.5 }
  let seen = 0
  return {
    share: (x) => tree.share(x),
    learn(x, y) {
      rows.push({ x, y })
      if (rows.length > windowRows) rows.shift()
      if (++seen % everyRows === 0 && rows.length >= 100) tree = fitTree(rows)
    },
  }
}

/** Nearest neighbours among its last rows, each column scaled by its range. */
export function neighbours(windowRows: number, ranges: readonly number[], k = 9): Learner {
  const rows: { x: readonly number[]; y: boolean }[] = []
  return {
    share(x) {
      if (rows.length < k) return 0.5
      const near: { d: number; y: boolean }[] = []
      for (const row of rows) {
        let d = 0
        for (let j = 0; j < x.length; j++) d += (((x[j] as number) - (row.x[j] as number)) / (ranges[j] as number)) ** 2
        near.push({ d, y: row.y })
      }
      near.sort((a, b) => a.d - b.d)
      return (near.slice(0, k).filter((n) => n.y).length + 0.5) / (k + 1)
    },
    learn(x, y) {
      rows.push({ x, y })
      if (rows.length > windowRows) rows.shift()
    },
  }
}

export const anyLearner = (random: Random, ranges: readonly number[]): Learner =>
  random.chance(0.3)
    ? neighbours(250 + random.below(250), ranges)
    : refitted(500 + random.below(1000), 50 + random.below(200))
