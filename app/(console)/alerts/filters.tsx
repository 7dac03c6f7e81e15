'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '@/app/_data/queries'
import { Choice } from '@/app/_ui/choice'
import { Select } from '@/app/_ui/select'
import { kindWords } from '@/app/_ui/words'
import { alertKinds } from '@/lib/alert/finding'
import { type AlertFilter, statuses } from './filter'
import css from './filters.module.css'

type Change = { status?: string | null; model?: string | null; kind?: string | null }

export function Filters({ filter, onChange }: { filter: AlertFilter; onChange: (next: Change) => void }) {
  const models = useQuery(queries.models()).data?.items ?? []
  const names = [...new Set([...models.map((m) => m.id), ...(filter.model ? [filter.model] : [])])].sort()
  return (
    <div className={css.filters}>
      <Choice
        label="State"
        value={filter.status ?? 'all'}
        options={[...statuses, 'all']}
        onChange={(s) => onChange({ status: s === 'firing' ? null : s })}
      />
      <Select
        label="Model"
        value={filter.model ?? ''}
        onChange={(v) => onChange({ model: v || null })}
        options={[['', 'any model'], ...names.map((n) => [n, n] as const)]}
      />
      <Select
        label="Kind"
        value={filter.kind ?? ''}
        onChange={(v) => onChange({ kind: v || null })}
        options={[['', 'any kind'], ...alertKinds.map((k) => [k, kindWords[k]] as const)]}
      />
    </div>
  )
}
