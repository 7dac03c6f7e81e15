import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { magicLink } from 'better-auth/plugins'
import type { Db } from '@/db/client'
import { authAccount, authSession, authUser, authVerification } from '@/db/schema'

export type Auth = ReturnType<typeof makeAuth>

const dayS = 24 * 3600

export interface AuthOptions {
  readonly secret: string
  /** Address at which people reach the app. */
  readonly baseUrl: string
  /** Is handed the address of each single-use link: there is no mail. */
  readonly onLink?: (url: string) => void
}

/** Sign-in for people: email and password, and single-use links made on the machine itself. Nobody signs up from outside. */
export function makeAuth(db: Db, options: AuthOptions) {
  return betterAuth({
    appName: 'Assay',
    secret: options.secret,
    baseURL: options.baseUrl,
    basePath: '/api/auth',
    // Behind another name (localhost for 127.0.0.1, a proxy) the page's own origin is trusted, never a foreign one.
    trustedOrigins: (request) => {
      const host = request?.headers.get('x-forwarded-host') ?? request?.headers.get('host')
      return host ? [`http://${host}`, `https://${host}`] : []
    },
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: authUser, session: authSession, account: authAccount, verification: authVerification },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    session: { expiresIn: 14 * dayS, updateAge: dayS },
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'viewer' } } },
    plugins: [
      magicLink({
        disableSignUp: true,
        storeToken: 'hashed',
        expiresIn: dayS,
        sendMagicLink: async ({ url }) => options.onLink?.(url),
      }),
    ],
    // A link is asked for on the machine (first-admin.ts), never over the network.
    disabledPaths: ['/sign-in/magic-link', '/sign-up/email', '/update-user', '/change-email', '/delete-user'],
    advanced: { cookiePrefix: 'assay' },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
}
