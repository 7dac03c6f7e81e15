import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

const everyMs = 5000

/**
 * Touches ASSAY_HOME/run/worker.<host>.alive every 5 s while this process can still do something: the health check of a container that listens on
 * no port. @returns ends it
 */
export function signOfLife(home: string): () => void {
  const file = join(home, 'run', `worker.${hostname()}.alive`)
  const touch = () => writeFileSync(file, `${process.pid}\n`)
  mkdirSync(dirname(file), { recursive: true })
  touch()
  const timer = setInterval(touch, everyMs)
  return () => {
    clearInterval(timer)
    rmSync(file, { force: true })
  }
}
