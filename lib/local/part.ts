import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import { logFile } from '@/lib/local/log-file'
import { endOrphan, forgetRunning, noteRunning } from '@/lib/local/run-file'
import { supervise } from '@/lib/local/supervise'

/** The worker's events live as long as their batch: with room for a few batches in the young generation, few are copied to the old one. */
const nodeFlags: Readonly<Record<string, readonly string[]>> = {
  worker: ['--min-semi-space-size=64', '--max-semi-space-size=64'],
}

/** A part of Assay that runs as a process of its own: `bin/run.mjs <name>`, kept alive, its log in ASSAY_HOME/log/<name>.log. */
export interface Part {
  /** Resolves when it has said that it does its work for the first time. */
  readonly ready: Promise<void>
  /** The end of its log. */
  tail(): string
  stop(): Promise<void>
}

const graceMs = 4500

/**
 * @param options.root  the clone
 * @param options.env   added to this process's environment
 * @param options.say   told in one line of every crash
 */
export async function startPart(
  name: string,
  options: { root: string; home: string; env: Record<string, string>; say(line: string): void },
): Promise<Part> {
  const { root, home, say } = options
  // The home on its command line does nothing but prove, to a start after kill -9, whose orphan it is.
  const proof = `--home=${home}`
  await endOrphan(home, name, proof)
  const log = logFile(join(home, 'log', `${name}.log`))
  let isReady: () => void
  const ready = new Promise<void>((done) => {
    isReady = done
  })
  const kept = supervise({
    spawn() {
      const output = log.open()
      // Its own process group: Ctrl-C goes to us alone, and we end the parts in order. If we die, it sees the channel close.
      const child = spawn(process.execPath, [...(nodeFlags[name] ?? []), join(root, 'bin', 'run.mjs'), name, proof], {
        cwd: root,
        env: { ...process.env, ...options.env },
        detached: true,
        stdio: ['ignore', output, output, 'ipc'],
      })
      closeSync(output)
      child.on('message', (message) => message === 'ready' && isReady())
      return child
    },
    onStart: (child) => child.pid && noteRunning(home, name, { pid: child.pid, port: 0 }),
    onCrash: (how, pauseMs) => say(`${name} ended (${how}), starts again in ${pauseMs / 1000} s; see ${log.path}`),
    signal: 'SIGTERM',
    graceMs,
  })
  return {
    ready,
    tail: () => log.tail(),
    async stop() {
      await kept.stop()
      forgetRunning(home, name)
    },
  }
}
