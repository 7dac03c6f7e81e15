import { and, asc, gte, lt } from 'drizzle-orm'
import postgres from 'postgres'
import type { Db } from '@/db/client'
import { httpTopic } from '@/db/queries/inbox'
import { httpInbox } from '@/db/schema'
import type { Intake, Source } from './port'

const pollMs = 100
const rowsPerRead = 2000
/** Read rows are removed a good while after they became events. */
const keptRows = 10_000
/** One worker reads the inbox; the others stand by. "inbox" in ASCII. */
const lockKey = 0x696e626f78

/** Events that came over HTTP where there is no broker: table `http_inbox`, topic `http`, partition 0. */
export function httpInboxSource(options: { readonly db: Db; readonly databaseUrl: string }): Source {
  const { db } = options
  const lockSession = postgres(options.databaseUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'assay-inbox' },
  })
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let moved = true
  let next = 0

  const source: Source = {
    name: 'http-inbox',
    async start(intake) {
      running = read(intake).catch((error) => {
        if (!stopped) intake.fail(error)
      })
    },
    async stop() {
      stopped = true
      await running
      await lockSession.end({ timeout: 1 })
    },
    reposition() {
      moved = true
    },
  }

  async function read(intake: Intake): Promise<void> {
    while (!stopped && !(await owned())) await pause(1000)
    while (!stopped) {
      if (moved) {
        next = await intake.position(source, httpTopic, 0, 0)
        moved = false
      }
      const rows = await db
        .select({ offset: httpInbox.offset, value: httpInbox.value })
        .from(httpInbox)
        .where(gte(httpInbox.offset, next))
        .orderBy(asc(httpInbox.offset))
        .limit(rowsPerRead)
      const last = rows.at(-1)
      if (!last) {
        await pause(pollMs)
        continue
      }
      const to = last.offset + 1
      if (await intake.offer(source, { topic: httpTopic, partition: 0, from: next, to, messages: rows })) next = to
      else moved = true
      if (Math.floor(to / keptRows) > Math.floor((to - rows.length) / keptRows))
        await db.delete(httpInbox).where(and(lt(httpInbox.offset, to - keptRows)))
    }
  }

  async function owned(): Promise<boolean> {
    const [row] = await lockSession<{ locked: boolean }[]>`select pg_try_advisory_lock(${lockKey}) as locked`
    return row?.locked === true
  }

  const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, stopped ? 0 : ms))

  return source
}
