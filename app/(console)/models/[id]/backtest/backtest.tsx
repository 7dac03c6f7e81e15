'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen, Section } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { BacktestForm } from './backtest-form'
import { Run } from './run'
import { Runs } from './runs'

/** Two configurations over one past: what another one would have raised, beside what live raised. */
export function Backtest({ id }: { id: string }) {
  const [run, setRun] = useQueryState('run', parseAsString.withOptions({ history: 'push' }))
  const model = useQuery(queries.model(id)).data
  const runs = useQuery(queries.backtests(id)).data?.items ?? []
  if (!model) return <ScreenSkeleton />
  const running = runs.find((r) => r.state === 'running') ?? null
  const shown = run ?? running?.id ?? runs[0]?.id ?? null
  return (
    <Screen title={`Backtest of ${id}`} aside={<Link href={`/models/${encodeURIComponent(id)}`}>Back to {id}</Link>}>
      {model.events === 0 ? (
        <EmptyState title="There is no past yet">
          A backtest runs a configuration over the stored events of a model. Once events have come, it says what another
          budget, baseline or season would have raised, and how late.
        </EmptyState>
      ) : (
        <>
          <Section
            title="Configuration"
            aside={`${plural(model.events, 'stored event')}; nothing that it raises becomes an alert`}
          >
            <BacktestForm model={model} running={running} onStarted={(next) => void setRun(next)} />
          </Section>
          {shown ? (
            <Run key={shown} model={id} run={shown} />
          ) : (
            <EmptyState title="Nothing was tried yet">
              As it stands above it is what watches {id} now. Change the promise, the baseline or the season and run it
              over the past: it says what would have been raised and how late, beside what was.
            </EmptyState>
          )}
          {runs.length > 0 && <Runs runs={runs} shown={shown} onShow={(next) => void setRun(next)} />}
        </>
      )}
    </Screen>
  )
}
