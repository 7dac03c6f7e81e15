'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen, Section } from '@/app/_shell/screen'
import { Choice } from '@/app/_ui/choice'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { SearchField } from '@/app/_ui/search-field'
import { Select } from '@/app/_ui/select'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Around } from '../around'
import { arrange, arranged, orders, states } from './arrange'
import { ClusterTable } from './cluster-table'
import { Scatter } from './scatter'
import { SourceTable } from './source-table'
import css from './sources-screen.module.css'

const orderWords: Record<(typeof orders)[number], string> = {
  worst: 'worst first',
  influence: 'most hurtful first',
  share: 'biggest first',
  trust: 'least trusted first',
  name: 'by name',
}

/** Everyone who contributes to what a model learns. */
export function SourcesScreen({ id }: { id: string }) {
  const [raw, setRaw] = useQueryStates(
    { sort: parseAsString, state: parseAsString, q: parseAsString },
    { history: 'replace' },
  )
  const model = useQuery(queries.model(id)).data
  const all = useQuery(queries.sources(id)).data?.items
  const clusters = useQuery(queries.clusters(id)).data?.items ?? []
  if (!model || !all) return <ScreenSkeleton />
  const how = arranged(raw)
  const shown = arrange(all, how)
  return (
    <Screen title={`Sources of ${id}`} aside={<Around model={id} here="/sources" />}>
      {all.length === 0 ? (
        <EmptyState
          title="No source has contributed yet"
          command={`curl -X POST "$ASSAY/api/v1/events" -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/x-ndjson" --data-binary @training.ndjson`}
          waiting="Waiting for the first training row"
        >
          A source is the origin of a training row (ml.training.v1, origin.id). Send the rows that your model learns
          from: each source is then judged by its labels, and by what it does to the model.
        </EmptyState>
      ) : (
        <>
          <div className={css.bar}>
            <Choice
              label="State"
              value={how.state}
              options={states}
              onChange={(s) => void setRaw({ state: s === 'any state' ? null : s })}
            />
            <Select
              label="Order"
              value={how.order === 'worst' ? '' : how.order}
              options={orders.map((o) => [o === 'worst' ? '' : o, orderWords[o]] as const)}
              onChange={(o) => void setRaw({ sort: o || null })}
            />
            <SearchField label="Name or kind" value={how.text} onChange={(q) => void setRaw({ q: q || null })} />
          </div>
          {shown.length > 0 ? (
            <SourceTable model={id} sources={shown} strips={model.strips} />
          ) : (
            <EmptyState title="No source fits this filter">
              {plural(all.length, 'source')} contribute; widen the filter.
            </EmptyState>
          )}
          <Section
            title="Sources that look like one hand"
            aside="grouped without a look at labels; their rows are judged as those of one"
          >
            {clusters.length > 0 ? (
              <ClusterTable model={id} clusters={clusters} />
            ) : (
              <p className={css.prose}>
                None do: no three sources were first seen together, keep the same hours, repeat one another, or lie in
                the same places of the embedding.
              </p>
            )}
          </Section>
          <Section title="Share against influence" aside="a big honest source lies low; a small hurtful one stands out">
            <Scatter model={id} sources={all} />
          </Section>
        </>
      )}
    </Screen>
  )
}
