import { and, eq, isNotNull } from 'drizzle-orm'
import { connect, type Db } from '@/db/client'
import { authAccount, authUser } from '@/db/schema'
import { type Config, publicUrl } from '@/lib/config'
import { type Auth, makeAuth } from './auth'
import { assaySecret } from './secret'

const defaultEmail = 'admin@assay.local'

/**
 * Sees to it that someone can sign in. With ASSAY_ADMIN_EMAIL and ASSAY_ADMIN_PASSWORD the first administrator is made from them. Without a password, and
 * as long as no administrator has one, each call makes a single-use link (24 h) that signs the first one in.
 * @param at the address people reach, where a port was chosen that the configuration does not know.
 * @returns the link, or null when none is needed.
 */
export async function firstAdminLink(
  config: Config & { databaseUrl: string },
  at: string = publicUrl(config),
): Promise<string | null> {
  const connection = connect(config.databaseUrl, { max: 1, applicationName: 'assay-first-admin' })
  try {
    if (await someAdminHasPassword(connection.db)) return null
    const links: string[] = []
    const auth = makeAuth(connection.db, {
      secret: assaySecret(config),
      baseUrl: at.replace(/\/+$/, ''),
      onLink: (url) => links.push(url),
    })
    const email = (config.adminEmail ?? defaultEmail).toLowerCase()
    await makeAdmin(connection.db, auth, email, config.adminPassword)
    if (config.adminPassword) return null
    await auth.api.signInMagicLink({
      body: { email, callbackURL: '/', errorCallbackURL: '/sign-in' },
      headers: new Headers(),
    })
    return links[0] ?? null
  } finally {
    await connection.close()
  }
}

async function someAdminHasPassword(db: Db): Promise<boolean> {
  const rows = await db
    .select({ id: authUser.id })
    .from(authUser)
    .innerJoin(authAccount, eq(authAccount.userId, authUser.id))
    .where(and(eq(authUser.role, 'admin'), isNotNull(authAccount.password)))
    .limit(1)
  return rows.length > 0
}

async function makeAdmin(db: Db, auth: Auth, email: string, password: string | undefined): Promise<void> {
  const made = await auth.$context
  const known = await made.internalAdapter.findUserByEmail(email)
  const user =
    known?.user ?? (await made.internalAdapter.createUser({ email, name: 'Administrator', emailVerified: true }))
  // `role` is closed to better-auth's own input.
  await db.update(authUser).set({ role: 'admin', emailVerified: true }).where(eq(authUser.id, user.id))
  if (!password) return
  await made.internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await made.password.hash(password),
  })
}
