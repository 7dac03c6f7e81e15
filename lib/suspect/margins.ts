import { setImmediate as breathe } from 'node:timers/promises'
import type { Row } from '@/lib/learn/inputs/encode'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'

/** What a learner that has not seen the row says of it. */
export interface Margin {
  /** Chance of the row's own label. */
  readonly own: number
  readonly favourite: string
}

const folds = 5

/** Rows between two breaths of a web process. */
const breath = 250

/** Each fifth of the rows judged by a shadow learner of the other four. A web process goes on answering meanwhile. */
export async function marginsOf(
  rows: readonly { readonly row: Row; readonly label: string }[],
): Promise<(Margin | null)[]> {
  const classes = [...new Set(rows.map(({ label }) => label))].sort()
  const out: (Margin | null)[] = rows.map(() => null)
  for (let fold = 0; fold < folds; fold++) {
    const shadow = startShadow({ config: { task: 'classification', classes }, golden: [] })
    for (const [i, { row, label }] of rows.entries()) {
      // What is judged is learned at once: nobody else's row comes between.
      if (i % breath === 0) await breathe()
      if (i % folds === fold) continue
      judge(shadow, row)
      learn(shadow, row, classIndex(shadow.classes, label), 'others')
    }
    for (const [i, { row, label }] of rows.entries()) {
      if (i % folds !== fold) continue
      const judged = judge(shadow, row)
      if (judged)
        out[i] = {
          own: judged.p[classIndex(shadow.classes, label)] as number,
          favourite: classes[judged.favourite] as string,
        }
    }
  }
  return out
}
