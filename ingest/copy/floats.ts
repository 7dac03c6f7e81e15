import { keptByFloat4 } from '@/db/float4'
import type { CopyWriter } from './writer'

/** Two columns, a float4 and a float8 array: the narrower takes the numbers where it keeps every one of them as it is. */
export function floats(w: CopyWriter, values: readonly number[] | undefined): void {
  if (!values) {
    w.null()
    w.null()
  } else if (values.every(keptByFloat4)) {
    w.floats4(values, values.length)
    w.null()
  } else {
    w.null()
    w.floats8(values, values.length)
  }
}
