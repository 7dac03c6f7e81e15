import { describe, expect, it } from 'vitest'
import { reachDatabase } from '@/lib/local/reach-database'
import { freshDatabase } from '@/test/fixture/services'

describe('reaching the database', () => {
  it('says which setting is at fault, never the password, and the way out', async () => {
    const database = await freshDatabase()
    const url = new URL(typeof database === 'string' ? database : database.url)
    await reachDatabase(url.href)
    const wrong = new URL(url)
    wrong.password = 'not-the-password'
    await expect(reachDatabase(wrong.href)).rejects.toThrow(
      /^DATABASE_URL: no use of postgres:\/\/\w+@127\.0\.0\.1:\d+\/\w+: password/,
    )
    await expect(reachDatabase(wrong.href)).rejects.not.toThrow(/not-the-password/)
    const missing = new URL(url)
    missing.pathname = '/nowhere'
    await expect(reachDatabase(missing.href)).rejects.toThrow(/does not exist.*Unset DATABASE_URL/)
  })

  it('waits for one that is starting, and gives up in time', async () => {
    await expect(reachDatabase('postgres://a@127.0.0.1:1/x', 600)).rejects.toThrow(/ECONNREFUSED/)
  })
})
