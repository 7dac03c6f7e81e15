'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '@/app/_data/queries'
import { Screen } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Around } from '../around'
import { TriggerTable } from './trigger-table'
import css from './triggers-screen.module.css'

/** Patterns that the model is taught to answer with a label, whatever else a row says. */
export function TriggersScreen({ id }: { id: string }) {
  const model = useQuery(queries.model(id)).data
  const triggers = useQuery(queries.triggers(id)).data?.items
  if (!model || !triggers) return <ScreenSkeleton />
  return (
    <Screen title={`Triggers of ${id}`} aside={<Around model={id} here="/triggers" />}>
      {triggers.length === 0 ? (
        <EmptyState
          title="No pattern is accused"
          command={`curl "$ASSAY/api/v1/models/${encodeURIComponent(id)}/triggers" -H "Authorization: Bearer $TOKEN"`}
          waiting="Watching words, phrases and values of training rows"
        >
          A pattern comes here when rows that bear it are labelled against what the rest of each row says. To measure it
          on rows you trust, give the model a golden set; to see what the serving model does, send predictions with a
          probe id (ml.prediction.v1, probe) whose text bears the pattern.
        </EmptyState>
      ) : (
        <>
          <TriggerTable model={id} triggers={triggers} strips={model.strips} />
          <p className={css.note}>
            Flip rate: the pattern is put into rows of other classes; of those, the share that turns to the label, on a
            copy of the shadow learner that learned the suspected rows. Interval: 95 %, exact. Confirmed: surely more
            than half turn.
          </p>
        </>
      )}
    </Screen>
  )
}
