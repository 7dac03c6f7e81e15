import type { ChildProcess } from 'node:child_process'

const firstPauseMs = 250
const longestPauseMs = 10_000
const healthyMs = 30_000

export interface Supervised {
  readonly child: ChildProcess
  /** Asks it to end, then makes it. Resolves when it is gone; it is not started again. */
  stop(): Promise<void>
}

/**
 * Keeps a child process alive: one that ends unasked is started again, after .25 s, .5 s, 1 s … 10 s; the pause is short again after half a
 * minute of health.
 *
 * @param options.spawn    starts it; throwing counts as a crash
 * @param options.onStart  told of every child, the first one too
 * @param options.onCrash  told how it ended and how long until the next try
 * @param options.signal   what asks it to end; after `graceMs` it gets SIGKILL
 */
export function supervise(options: {
  spawn(): ChildProcess
  onStart?(child: ChildProcess): void
  onCrash?(how: string, pauseMs: number): void
  signal: NodeJS.Signals
  graceMs: number
}): Supervised {
  let stopping = false
  let crashes = 0
  let timer: NodeJS.Timeout | undefined
  let child = begin()

  function begin(): ChildProcess {
    const started = options.spawn()
    const since = performance.now()
    options.onStart?.(started)
    let over = false
    const ended = (how: string) => {
      if (over) return
      over = true
      if (stopping) return
      crashes = performance.now() - since > healthyMs ? 1 : crashes + 1
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (crashes - 1))
      options.onCrash?.(how, pauseMs)
      timer = setTimeout(() => {
        child = begin()
      }, pauseMs)
    }
    started.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`))
    started.once('error', (error) => ended(error.message))
    return started
  }

  return {
    get child() {
      return child
    },
    async stop() {
      stopping = true
      clearTimeout(timer)
      await stopChild(child, options.signal, options.graceMs)
    },
  }
}

/** Ends one child: `signal`, and SIGKILL after `graceMs`. Resolves when it is gone. */
export function stopChild(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
    child.once('exit', () => {
      clearTimeout(force)
      done()
    })
    child.kill(signal)
  })
}
