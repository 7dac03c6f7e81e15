import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { keepOnce } from '@/lib/local/keep-once'
import type { Place } from '@/lib/local/postgres-place'
import type { User } from '@/lib/local/postgres-user'
import { writeWhole } from '@/lib/local/write-whole'

export const role = 'assay'

/** Makes the data directory if there is none; an attempt that was killed half-way is thrown away. @throws Error with what initdb said. */
export function initPostgres(place: Place, password: string, user: User | undefined): void {
  if (existsSync(join(place.data, 'PG_VERSION'))) return
  const draft = `${place.data}.new`
  const passwordFile = `${place.data}.pw`
  for (const path of [draft, place.data]) rmSync(path, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  writeWhole(passwordFile, password)
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid)
  try {
    execFileSync(
      join(place.binaries, 'bin', 'initdb'),
      [
        '-D',
        draft,
        '-U',
        role,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
        '--data-checksums',
      ],
      { stdio: 'pipe', cwd: dirname(draft), env: { ...process.env, LC_ALL: 'C' }, ...user },
    )
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new Error(`Postgres could not make its data directory ${place.data}: ${said}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, place.data)
}

/** The password of this home's database, made once. */
export function postgresPassword(home: string): string {
  return keepOnce(join(home, 'postgres.password'), () => randomBytes(24).toString('base64url'))
}
