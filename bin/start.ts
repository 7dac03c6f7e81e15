/** `npm start`: everything. Standard output gets one line, `ready <url>`; the rest goes to standard error. */
import { resolve } from 'node:path'
import { firstAdminLink } from '@/lib/access/first-admin'
import { loadConfig } from '@/lib/config'
import { startEverything } from '@/lib/local/everything'
import { toldToEnd } from '@/lib/local/told-to-end'

const say = (line: string) => process.stderr.write(`${line}\n`)
const end = new AbortController()
const told = toldToEnd().then(() => end.abort())
try {
  const assay = await startEverything(loadConfig(), {
    root: resolve(import.meta.dirname, '..'),
    say,
    signal: end.signal,
  })
  const link = await firstAdminLink(assay.config)
  if (link) say(`sign in once with ${link}`)
  process.stdout.write(`ready ${assay.url}\n`)
  await told
  await assay.stop()
} catch (error) {
  if (!end.signal.aborted) throw error
}
process.exit(0)
