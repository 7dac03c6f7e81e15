import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { WorkerConfig } from '@/ingest/main'

const entry = new URL('./worker-process.ts', import.meta.url).pathname
const root = new URL('../..', import.meta.url).pathname

export interface WorkerChild {
  readonly process: ChildProcess
  readonly ready: Promise<void>
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>
  readonly errors: () => string
}

/** Starts a worker in a process of its own, with no shell and no wrapper between: a signal reaches it alone. */
export function startWorkerChild(config: WorkerConfig): WorkerChild {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, JSON.stringify(config)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const ready = Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data').then(() => {}),
    exited.then((how) => {
      throw new Error(`the worker ended before it was ready (${how}): ${errors}`)
    }),
  ])
  ready.catch(() => {})
  return { process: child, ready, exited, errors: () => errors }
}
