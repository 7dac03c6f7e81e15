'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { SearchField } from '@/app/_ui/search-field'
import { useRange } from '@/app/_ui/use-range'
import { firstEvent } from '../first-event'
import { worstFirst } from '../worst-first'
import { ModelTable } from './model-table'

export function Models({ address }: { address: string }) {
  const { range } = useRange()
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''))
  const models = useQuery(queries.models(range)).data?.items ?? []
  const found = worstFirst(models.filter((m) => m.id.toLowerCase().includes(q.toLowerCase())))
  return (
    <Screen
      title="Models"
      aside={
        models.length > 0 && (
          <>
            <span>{q ? `${found.length} of ${plural(models.length, 'model')}` : plural(models.length, 'model')}</span>
            <SearchField label="Find a model" value={q} onChange={(value) => void setQ(value || null)} />
          </>
        )
      }
    >
      {models.length === 0 ? (
        <EmptyState
          title="No model is watched yet"
          command={firstEvent(address)}
          waiting="Waiting for the first event."
        >
          A model appears here with its first event; it needs no configuration.
        </EmptyState>
      ) : found.length === 0 ? (
        <EmptyState title={`No model is called like “${q}”`} />
      ) : (
        <ModelTable models={found} />
      )}
    </Screen>
  )
}
