import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connect } from '@/db/client'
import { unixSocketOf } from '@/db/socket'
import { freshDatabase } from '../fixture/services'

describe('a Postgres on this machine', () => {
  it('is reached by its own Unix socket', async () => {
    const { url } = await freshDatabase()
    const path = await unixSocketOf(url)
    expect(path).toMatch(/\/\.s\.PGSQL\.\d+$/)
    const { db, close } = connect(url, { max: 1, path })
    expect([...(await db.execute(sql`select inet_client_addr() as address`))]).toEqual([{ address: null }])
    await close()
  })

  it('is left to TCP where it does not answer, or is elsewhere', async () => {
    expect(await unixSocketOf('postgres://a@127.0.0.1:1/x')).toBeNull()
    expect(await unixSocketOf('postgres://a@192.0.2.1/x')).toBeNull()
  })
})
