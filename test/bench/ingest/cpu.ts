import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

interface Usage {
  readonly parent: number
  readonly command: string
  /** Milliseconds of its own, and with those of children that have ended. */
  readonly own: number
  readonly withEnded: number
}

function processes(): Map<number, Usage> {
  const all = new Map<number, Usage>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
      const ms = 1000 / ticksPerSecond
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      all.set(Number(name), {
        parent: fields[1] ?? 0,
        command,
        own: (user + system) * ms,
        withEnded: (user + system + endedUser + endedSystem) * ms,
      })
    } catch {
      // It ended while we looked.
    }
  }
  return all
}

/** CPU milliseconds so far of the process whose command line holds all these words, and of everything below it. */
export function cpuOf(words: readonly string[]): number {
  const all = processes()
  const root = [...all].find(([, usage]) => words.every((word) => usage.command.includes(word)))
  if (!root) throw new Error(`no process with ${words.join(' ')}`)
  let total = root[1].withEnded
  for (const [, usage] of all) if (usage.parent === root[0]) total += usage.withEnded
  return total
}
