import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { writeWhole } from '@/lib/local/write-whole'

// Below the ranges from which systems take ports for outgoing connections (Linux 32768, others 49152): nobody gets these by chance.
const lowest = 20_000
const count = 12_000

/**
 * Ports for the local services of one home, on 127.0.0.1: those of the last start where they are free, otherwise others. They are remembered in
 * ASSAY_HOME/run/ports.json. Where the search starts depends on the home, so that two homes that start at once seldom meet.
 */
export async function choosePorts(home: string, names: readonly string[]): Promise<Record<string, number>> {
  const file = join(home, 'run', 'ports.json')
  const known = readPorts(file)
  const taken = new Set(Object.entries(known).flatMap(([name, port]) => (names.includes(name) ? [] : [port])))
  let next = lowest + (createHash('sha256').update(home).digest().readUInt16BE(0) % count)
  for (const name of names) {
    let port = known[name]
    while (port === undefined || taken.has(port) || !(await isFree(port))) {
      port = next
      next = next + 1 >= lowest + count ? lowest : next + 1
    }
    taken.add(port)
    known[name] = port
  }
  writeWhole(file, JSON.stringify(known))
  return known
}

/** Whether a server could listen there now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(true)))
  })
}

function readPorts(file: string): Record<string, number> {
  try {
    const ports = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(ports).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
    )
  } catch {
    return {}
  }
}
