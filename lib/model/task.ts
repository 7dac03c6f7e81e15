import type { Tx } from '@/db/tx'
import { emptySketch, type FeatureSketch, labelKey, merge, numberCount, predictionKey } from '@/lib/stats/sketch'

/** Values that are enough to tell classes from a quantity. */
const enough = 20
/** So many distinct numbers may still be names of classes; a quantity soon has more. */
const mostNumberedClasses = 20

/** What a model does, from its labels, else from its predictions; null while too few have come. Names are classes; numbers are, while there are few distinct ones. */
export async function inferTask(tx: Tx, modelKey: number): Promise<'classification' | 'regression' | null> {
  for (const [stream, key] of [
    ['label', labelKey],
    ['training', labelKey],
    ['prediction', predictionKey],
  ] as const) {
    const values = emptySketch()
    for (const set of await tx.windows.newest(modelKey, stream)) {
      const sketch = set.get(key)
      if (sketch) merge(values, sketch)
    }
    if (values.n >= enough) return taskOf(values)
  }
  return null
}

/** By the values of labels or predictions. */
export function taskOf(values: FeatureSketch): 'classification' | 'regression' {
  const numbers = numberCount(values)
  return numbers * 2 > values.n && values.numbers.size > mostNumberedClasses ? 'regression' : 'classification'
}
