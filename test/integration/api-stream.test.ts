import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveHub } from '@/app/api/_live/hub'
import { hintStream, streamCount } from '@/app/api/_live/stream'
import { GET as stream } from '@/app/api/v1/stream/route'
import { contextFor } from '@/lib/access/context-for'
import { type ApiWorld, apiWorld, call } from './api-world'

let world: ApiWorld
let reader: string
beforeAll(async () => {
  world = await apiWorld()
  reader = await world.token(['read'])
})
afterAll(() => world.close())

/** Reads until `wanted` has come. */
async function until(response: Response, wanted: string): Promise<string> {
  const body = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (body && !text.includes(wanted)) {
    const { value, done } = await body.read()
    if (done) break
    text += decoder.decode(value)
  }
  body?.releaseLock()
  return text
}
const asked = (models: string[] | null = null) =>
  contextFor({ kind: 'token', id: 't', name: 't', scopes: ['read'], models }, world.db)

describe('the stream of hints', () => {
  it('passes on what the database says has changed, to who may see it', async () => {
    const end = new AbortController()
    const { response, status } = await call(stream, { token: reader, signal: end.signal })
    expect(status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const rain = await hintStream(asked(['rain']), liveHub(), end.signal)
    await world.tx.notify.changed('spam', ['alerts'])
    await world.tx.notify.changed('rain', ['models'])
    const all = await until(response, '"rain"')
    expect(all).toContain('event: change\ndata: {"model":"spam","what":["alerts"]}\n\n')
    const own = await until(rain, '"rain"')
    expect(own).not.toContain('spam')
    end.abort()
    expect(streamCount()).toBe(0)
  })

  it('leaves nothing behind: not when a request is aborted, nor a reader goes, nor its time is over', async () => {
    const hub = liveHub()
    const before = hub.size
    const [connections] = await world.runtime.connection
      .sql`select count(*)::int as n from pg_stat_activity where datname = current_database()`
    for (let round = 0; round < 5; round++) {
      const ends = Array.from({ length: 40 }, () => new AbortController())
      const open = await Promise.all(ends.map((end) => hintStream(asked(), hub, end.signal)))
      expect(streamCount()).toBe(40)
      expect(hub.size).toBe(before + 40)
      await Promise.all(open.slice(0, 20).map((response) => response.body?.cancel()))
      for (const end of ends) end.abort()
      expect(streamCount()).toBe(0)
      expect(hub.size).toBe(before)
    }
    const gone = new AbortController()
    gone.abort()
    await hintStream(asked(), hub, gone.signal)
    const short = await hintStream(asked(), hub, new AbortController().signal, { most: 10, heartbeatMs: 5, lifeMs: 40 })
    expect(await new Response(short.body).text()).toContain(': alive')
    expect({ streams: streamCount(), subscribers: hub.size }).toEqual({ streams: 0, subscribers: before })
    const [after] = await world.runtime.connection
      .sql`select count(*)::int as n from pg_stat_activity where datname = current_database()`
    expect(after?.n).toBeLessThanOrEqual(Math.max(connections?.n ?? 0, 13))
  })

  it('lets go of a reader that does not read', async () => {
    const hub = liveHub()
    await hintStream(asked(), hub, new AbortController().signal)
    for (let i = 0; i < 400; i++) await world.tx.notify.changed('spam', ['alerts'])
    for (let i = 0; i < 100 && streamCount() > 0; i++) await new Promise((done) => setTimeout(done, 20))
    expect(streamCount()).toBe(0)
  })

  it('has an end to how many it serves, and tells so', async () => {
    const limits = { most: 2, heartbeatMs: 1000, lifeMs: 10_000 }
    const end = new AbortController()
    await hintStream(asked(), liveHub(), end.signal, limits)
    await hintStream(asked(), liveHub(), end.signal, limits)
    await expect(hintStream(asked(), liveHub(), end.signal, limits)).rejects.toThrow(/2 streams are open/)
    end.abort()
    expect(streamCount()).toBe(0)
  })

  it('demands to know who listens', async () => {
    expect((await call(stream)).status).toBe(401)
    expect((await call(stream, { token: await world.token(['ingest']) })).status).toBe(403)
  })
})
