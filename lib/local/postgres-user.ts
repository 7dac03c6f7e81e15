import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface User {
  readonly uid: number
  readonly gid: number
}

/**
 * Postgres refuses to run as root. As root: the user `postgres`, made if the system has none, or else `nobody`. Otherwise undefined: run as
 * who we are.
 */
export function postgresUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  return find('postgres') ?? create() ?? find('nobody') ?? { uid: 65_534, gid: 65_534 }
}

/** Whether this user may pass through every folder above `path`. */
export function canReach(path: string, user: User | undefined): boolean {
  if (!user) return true
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const passes = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & passes) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function create(): User | undefined {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
      { stdio: 'ignore' },
    )
  } catch {
    return undefined
  }
  return find('postgres')
}

function find(name: string): User | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
  } catch {
    return undefined
  }
}
