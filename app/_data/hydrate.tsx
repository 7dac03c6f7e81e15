import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** What a page has read already, under the keys that its hooks will ask for: the first paint is whole, then it is live. */
export function Hydrate({ data, children }: { data: [key: readonly string[], value: unknown][]; children: ReactNode }) {
  const client = new QueryClient()
  for (const [key, value] of data) client.setQueryData(key, value)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
