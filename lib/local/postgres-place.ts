import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keepOnce } from '@/lib/local/keep-once'
import { canReach, type User } from '@/lib/local/postgres-user'
import { writeWhole } from '@/lib/local/write-whole'

export interface Place {
  /** The server's files: bin, lib, share. */
  readonly binaries: string
  /** The data directory, which may not exist yet. */
  readonly data: string
}

const outside = '/var/lib/assay'

/**
 * Where the server and its data lie: in node_modules and ASSAY_HOME. Only when we are root and the server's user cannot get there (a clone under
 * /root) they go to /var/lib/assay/<id>. The id is kept in ASSAY_HOME, so that deleting the home stays a full reset; what a deleted home left
 * there is swept away at the next start.
 */
export function postgresPlace(home: string, binaries: string, user: User | undefined): Place {
  const data = join(home, 'postgres')
  mkdirSync(home, { recursive: true })
  if (canReach(data, user) && canReach(join(binaries, 'bin'), user)) return { binaries, data }
  const base = join(outside, keepOnce(join(home, 'postgres.id'), randomUUID))
  mkdirSync(base, { recursive: true, mode: 0o755 })
  sweep()
  writeWhole(join(base, 'home'), home)
  const copy = join(base, 'server')
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true })
    cpSync(binaries, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${copy}.new`, copy)
  }
  return { binaries: copy, data: join(base, 'data') }
}

function sweep(): void {
  for (const id of readdirSync(outside)) {
    const note = join(outside, id, 'home')
    if (!existsSync(note)) continue
    const idFile = join(readFileSync(note, 'utf8'), 'postgres.id')
    if (!existsSync(idFile) || readFileSync(idFile, 'utf8') !== id)
      rmSync(join(outside, id), { recursive: true, force: true })
  }
}
