import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const keepBytes = 10 * 1024 * 1024
const tailBytes = 16 * 1024

/**
 * A local service's log. The service writes to the file itself and not through a pipe, so that it outlives its parent and its last words stay
 * readable after a crash.
 */
export interface LogFile {
  readonly path: string
  /** A descriptor to hand to the child; close it once the child is spawned. */
  open(): number
  /** What was written since `open`, at most the last 16 KiB. */
  tail(): string
}

export function logFile(path: string): LogFile {
  let start = 0
  return {
    path,
    open() {
      mkdirSync(dirname(path), { recursive: true })
      if (existsSync(path) && statSync(path).size > keepBytes) renameSync(path, `${path}.1`)
      start = existsSync(path) ? statSync(path).size : 0
      return openSync(path, 'a')
    },
    tail() {
      if (!existsSync(path)) return ''
      const size = statSync(path).size
      const from = Math.max(start, size - tailBytes)
      const buffer = Buffer.alloc(Math.max(0, size - from))
      const file = openSync(path, 'r')
      try {
        const read = readSync(file, buffer, 0, buffer.length, from)
        return buffer.toString('utf8', 0, read)
      } finally {
        closeSync(file)
      }
    },
  }
}
