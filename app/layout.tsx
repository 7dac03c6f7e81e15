import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import '@fontsource-variable/inter'
import '@fontsource/ibm-plex-mono/400.css'
import '@fontsource/ibm-plex-mono/500.css'
import './_ui/tokens.css'
import './_ui/base.css'
import { NowProvider } from './_ui/now'
import { parseTheme, themeCookie } from './_ui/theme-choice'

export const metadata: Metadata = {
  title: { default: 'Assay', template: '%s · Assay' },
  description:
    'Watches models that keep learning: has the world moved, is someone moving the model, and what do we do about it.',
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  return (
    <html lang="en" {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <NuqsAdapter>
          <NowProvider start={Date.now()}>{children}</NowProvider>
        </NuqsAdapter>
      </body>
    </html>
  )
}
