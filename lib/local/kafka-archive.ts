import type { ChildProcess } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Where the archive for this Java lies. */
export const archiveIn = (jars: string, javaVersion: string) =>
  join(jars, `classes-${javaVersion.replaceAll(/[^\w.-]/g, '_')}.jsa`)

/**
 * Class-data archive: a broker writes it at its clean end, later ones start from it in half the time. It belongs to one Java and one set of jars,
 * beside which it lies; Java ignores one that does not fit.
 */
export function archiveFlags(archive: string): string[] {
  return existsSync(archive)
    ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto']
    : [`-XX:ArchiveClassesAtExit=${draftOf(archive)}`]
}

/** A broker that had to be killed may have written half of it. */
export function keepArchive(archive: string, broker: ChildProcess): void {
  const draft = draftOf(archive)
  if (!existsSync(draft)) return
  if (broker.signalCode === 'SIGKILL') rmSync(draft)
  else renameSync(draft, archive)
}

const draftOf = (archive: string) => `${archive}.${process.pid}.draft`
