'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { Choice } from '@/app/_ui/choice'
import { EmptyState } from '@/app/_ui/empty-state'
import { Select } from '@/app/_ui/select'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { kindWords } from '@/app/_ui/words'
import { Around } from '../around'
import { poisonKinds, suspectFilter } from './filter'
import { LookingBack } from './looking-back'
import { SuspectTable } from './suspect-table'
import css from './suspects.module.css'

/** The rows that someone should look at: those that alerts implicate, then those that looked wrong when they came. */
export function Suspects({ id }: { id: string }) {
  const [raw, setRaw] = useQueryStates(
    { kind: parseAsString, origin: parseAsString, cursor: parseAsString, view: parseAsString },
    { history: 'push' },
  )
  const filter = suspectFilter(raw)
  const isBack = raw.view === 'back'
  const page = useQuery({ ...queries.suspects(id, filter), placeholderData: (old) => old }).data
  const sources = useQuery(queries.sources(id)).data?.items ?? []
  if (!page) return <ScreenSkeleton />
  const names = [...new Set([...sources.map((s) => s.origin), ...(filter.origin ? [filter.origin] : [])])].sort()
  const narrowed = filter.kind !== undefined || filter.origin !== undefined
  return (
    <Screen title={`Suspects of ${id}`} aside={<Around model={id} here="/suspects" />}>
      <div className={css.bar}>
        <Choice
          label="When they are judged"
          value={isBack ? 'looking back' : 'as they came'}
          options={['as they came', 'looking back']}
          onChange={(how) => void setRaw({ view: how === 'looking back' ? 'back' : null, kind: null, cursor: null })}
        />
        {!isBack && (
          <Select
            label="Kind"
            value={filter.kind ?? ''}
            onChange={(kind) => void setRaw({ kind: kind || null, cursor: null })}
            options={[['', 'any kind, and none'], ...poisonKinds.map((kind) => [kind, kindWords[kind]] as const)]}
          />
        )}
        <Select
          label="Source"
          value={filter.origin ?? ''}
          onChange={(origin) => void setRaw({ origin: origin || null, cursor: null })}
          options={[['', 'any source'], ...names.map((name) => [name, name] as const)]}
        />
      </div>
      {isBack ? (
        <LookingBack id={id} origin={filter.origin} />
      ) : page.items.length > 0 ? (
        <SuspectTable suspects={page.items} />
      ) : narrowed || filter.cursor ? (
        <EmptyState title="No row fits this filter">Widen it: rows of any kind and source are kept.</EmptyState>
      ) : (
        <EmptyState good title="No training row looks suspicious">
          Every training row is judged when it comes, before anything learns from it. Those whose suspicion is half or
          more, and those that an alert implicates, are listed here with the reasons.
        </EmptyState>
      )}
      <div className={css.pages}>
        {filter.cursor && (
          <Button tone="quiet" onClick={() => void setRaw({ cursor: null })}>
            First page
          </Button>
        )}
        {!isBack && page.nextCursor && (
          <Button tone="quiet" onClick={() => void setRaw({ cursor: page.nextCursor })}>
            More
          </Button>
        )}
      </div>
    </Screen>
  )
}
