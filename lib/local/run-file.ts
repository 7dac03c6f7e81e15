import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine, processMark } from '@/lib/local/process-mark.mjs'
import { until } from '@/lib/local/until'
import { writeWhole } from '@/lib/local/write-whole'

const joinMs = 20_000

/** A local service that some process of this home has started: ASSAY_HOME/run/<name>.json. */
export interface Running {
  readonly pid: number
  readonly port: number
  /** The Assay process that looks after it. */
  readonly owner: number
  readonly ownerMark: string | null
  /** Its owner is about to end it. */
  readonly ending?: boolean
}

const path = (home: string, name: string) => join(home, 'run', `${name}.json`)

export function noteRunning(home: string, name: string, service: { pid: number; port: number }): void {
  const running: Running = { ...service, owner: process.pid, ownerMark: processMark(process.pid) }
  writeWhole(path(home, name), JSON.stringify(running))
}

export function noteEnding(home: string, name: string): void {
  const running = read(home, name)
  if (running?.owner === process.pid) writeWhole(path(home, name), JSON.stringify({ ...running, ending: true }))
}

export function forgetRunning(home: string, name: string): void {
  rmSync(path(home, name), { force: true })
}

/**
 * Port of the service that another process of this home looks after, once it answers; undefined when nobody does. A service that has just
 * crashed is being started again by its owner: that is waited for.
 */
export function joinRunning(
  home: string,
  name: string,
  answers: (port: number) => Promise<boolean>,
): Promise<number | undefined> {
  return until(
    async () => {
      const running = whoRuns(home, name)
      if (!running) return { port: undefined }
      return (await answers(running.port)) ? running : undefined
    },
    { withinMs: joinMs, everyMs: 100 },
  ).then((running) => running?.port)
}

/** What a living process of this home has noted under this name. */
export function whoRuns(home: string, name: string): Running | null {
  const running = read(home, name)
  return running && processMark(running.owner) !== null && processMark(running.owner) === running.ownerMark
    ? running
    : null
}

/**
 * Ends what a start that was killed has left behind. A process is touched only if its command line holds `proof`, a path inside this home:
 * its number may be someone else's by now.
 */
export async function endOrphan(
  home: string,
  name: string,
  proof: string,
  morePids: readonly number[] = [],
): Promise<void> {
  const pids = new Set([...morePids, read(home, name)?.pid ?? 0])
  for (const pid of pids) if (pid > 1 && commandLine(pid).includes(proof)) await end(pid, proof)
  forgetRunning(home, name)
}

async function end(pid: number, proof: string): Promise<void> {
  const alive = () => processMark(pid) !== null && commandLine(pid).includes(proof)
  for (const [signal, waitMs] of [
    ['SIGINT', 5000],
    ['SIGQUIT', 2000],
    ['SIGKILL', 2000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < waitMs && alive(); waited += 50) await sleep(50)
    if (!alive()) return
  }
}

function read(home: string, name: string): Running | null {
  try {
    return JSON.parse(readFileSync(path(home, name), 'utf8')) as Running
  } catch {
    return null
  }
}
