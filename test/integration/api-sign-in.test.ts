import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as authGet, POST as authPost } from '@/app/api/auth/[...all]/route'
import { POST as acknowledge } from '@/app/api/v1/alerts/[id]/acknowledge/route'
import { POST as password } from '@/app/api/v1/me/password/route'
import { GET as me } from '@/app/api/v1/me/route'
import { authUser, authVerification } from '@/db/schema'
import { firstAdminLink } from '@/lib/access/first-admin'
import { type ApiWorld, apiWorld, baseUrl, call, flip } from './api-world'

let world: ApiWorld
beforeAll(async () => {
  world = await apiWorld()
})
afterAll(() => world.close())

const host = { host: '127.0.0.1:4600' }
const follow = (url: string) => authGet(new Request(url, { headers: host, redirect: 'manual' }))
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .filter((cookie) => !cookie?.endsWith('='))
    .join('; ')
const auth = (path: string, body: object, headers: Record<string, string> = {}) =>
  authPost(
    new Request(`${baseUrl}/api/auth${path}`, {
      method: 'POST',
      headers: { ...host, origin: baseUrl, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )

describe('the first administrator, by link', () => {
  let cookie = ''
  it('signs in once with the link, which is printed anew until there is a password', async () => {
    const first = await firstAdminLink(world.config)
    const link = await firstAdminLink(world.config)
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4600\/api\/auth\/magic-link\/verify\?token=/)
    expect(first).not.toBe(link)
    const token = new URL(link ?? '').searchParams.get('token') ?? ''
    expect((await world.db.select().from(authVerification)).map((row) => row.identifier)).not.toContain(token)
    const opened = await follow(link ?? '')
    expect({ status: opened.status, to: opened.headers.get('location') }).toEqual({ status: 302, to: `${baseUrl}/` })
    cookie = cookieOf(opened)
    expect(cookie).toContain('assay.session_token=')
    expect(opened.headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Lax/i)
    const again = await follow(link ?? '')
    expect(again.headers.get('location')).toContain('/sign-in?error=')
    expect(cookieOf(again)).not.toContain('session_token')
  })
  it('may do everything with the session', async () => {
    expect((await call(me, { headers: { cookie } })).json).toMatchObject({
      kind: 'user',
      name: 'admin@assay.local',
      models: null,
    })
    expect((await world.db.select().from(authUser)).map((u) => u.role)).toEqual(['admin'])
  })
  it('cannot be made to act by a page of another origin', async () => {
    const spam = await world.model('spam')
    await world.raise(flip(), spam)
    const act = (headers: Record<string, string>) =>
      call(acknowledge, { headers: { cookie, ...headers }, params: { id: 'a-0000000000000001' }, body: {} })
    expect((await act({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await act({ origin: 'null' })).status).toBe(403)
    expect((await act({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await act({ origin: baseUrl, 'sec-fetch-site': 'same-origin' })).json).toMatchObject({
      state: 'acknowledged',
      owner: 'admin@assay.local',
    })
  })
  it('chooses a password, after which no link is made and sessions start anew', async () => {
    expect((await call(password, { headers: { cookie }, body: { newPassword: 'short' } })).status).toBe(400)
    expect(
      (await call(password, { token: await world.token(['admin']), body: { newPassword: 'long enough' } })).status,
    ).toBe(403)
    expect((await call(password, { headers: { cookie }, body: { newPassword: 'four words make one' } })).status).toBe(
      200,
    )
    expect((await call(me, { headers: { cookie } })).status).toBe(401)
    expect(await firstAdminLink(world.config)).toBeNull()
    const good = await auth('/sign-in/email', { email: 'admin@assay.local', password: 'four words make one' })
    expect(good.status).toBe(200)
    const own = { cookie: cookieOf(good) }
    expect((await call(me, { headers: own })).status).toBe(200)
    expect(
      (await call(password, { headers: own, body: { newPassword: 'another one here', currentPassword: 'wrong' } }))
        .status,
    ).toBe(403)
    expect((await auth('/sign-in/email', { email: 'admin@assay.local', password: 'wrong' })).status).toBe(401)
  })
})

describe('from outside', () => {
  it('nobody signs up, asks for a link, or gives themselves a role', async () => {
    const someone = { email: 'mallory@example.com', password: 'long enough', name: 'm', role: 'admin' }
    expect((await auth('/sign-up/email', someone)).status).toBeGreaterThanOrEqual(400)
    expect((await auth('/sign-in/magic-link', { email: 'admin@assay.local' })).status).toBe(404)
    expect((await auth('/update-user', { role: 'admin' })).status).toBeGreaterThanOrEqual(400)
    expect(await world.db.select().from(authUser)).toHaveLength(1)
  })
  it('a forged session is nobody, and a role that nobody knows may do nothing', async () => {
    expect((await call(me, { headers: { cookie: 'assay.session_token=abc.def' } })).status).toBe(401)
    const good = await auth('/sign-in/email', { email: 'admin@assay.local', password: 'four words make one' })
    await world.db.update(authUser).set({ role: 'guest' }).where(eq(authUser.email, 'admin@assay.local'))
    expect(
      (await call(acknowledge, { headers: { cookie: cookieOf(good) }, params: { id: 'a-0000000000000001' }, body: {} }))
        .status,
    ).toBe(403)
  })
})

it('makes the first administrator from the environment', async () => {
  const other = await apiWorld({ ASSAY_ADMIN_EMAIL: 'Ops@example.com', ASSAY_ADMIN_PASSWORD: 'a passphrase of words' })
  try {
    expect(await firstAdminLink(other.config)).toBeNull()
    expect(await firstAdminLink(other.config)).toBeNull()
    expect((await auth('/sign-in/email', { email: 'ops@example.com', password: 'a passphrase of words' })).status).toBe(
      200,
    )
  } finally {
    await other.close()
  }
})
