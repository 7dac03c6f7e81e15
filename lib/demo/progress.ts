import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '@/lib/local/write-whole'

/** How far the story of this home was told: ASSAY_HOME/demo/progress.json. */
export interface Progress {
  seed: number
  /** Event time at which it begins, milliseconds since 1970 UTC. */
  startMs: number
  /** Steps that were durably sent. */
  sent: number
}

const path = (home: string) => join(home, 'demo', 'progress.json')

export function readProgress(home: string): Progress | null {
  try {
    return JSON.parse(readFileSync(path(home), 'utf8')) as Progress
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export const writeProgress = (home: string, progress: Progress) => writeWhole(path(home), JSON.stringify(progress))
