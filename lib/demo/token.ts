import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeWhole } from '@/lib/local/write-whole'

const run = promisify(execFile)

/** The demo's own API token, made once for a home and kept in ASSAY_HOME/demo/token. It may send events and read alerts, like any program's. */
export async function demoToken(options: {
  root: string
  home: string
  url: string
  env: Record<string, string>
}): Promise<string> {
  const { root, home, url, env } = options
  const path = join(home, 'demo', 'token')
  const kept = read(path)
  if (kept && (await isGood(url, kept))) return kept
  const args = [join(root, 'bin', 'run.mjs'), 'token', '--name', 'demo', '--scopes', 'ingest,read']
  const { stdout } = await run(process.execPath, args, { cwd: root, env: { ...process.env, ...env } })
  const made = stdout.trim()
  writeWhole(path, made)
  return made
}

async function isGood(url: string, token: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/models`, { headers: { authorization: `Bearer ${token}` } })
  await answer.body?.cancel()
  return answer.ok
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
