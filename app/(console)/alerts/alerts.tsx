'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { queries } from '@/app/_data/queries'
import { Screen } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { AlertTable } from './alert-table'
import css from './alerts.module.css'
import { alertFilter } from './filter'
import { Filters } from './filters'
import { useAlertActions } from './use-alert-actions'

export function Alerts() {
  const [raw, setRaw] = useQueryStates(
    { status: parseAsString, model: parseAsString, kind: parseAsString, cursor: parseAsString },
    { history: 'push' },
  )
  const filter = alertFilter(raw)
  const { data } = useQuery({ ...queries.alerts(filter), placeholderData: (old) => old })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const actions = useAlertActions()
  const alerts = data?.items ?? []
  const chosen = alerts.filter((a) => selected.has(a.id) && a.state === 'firing')
  const narrowed = Boolean(raw.model || raw.kind)

  return (
    <Screen title="Alerts" aside={<span className={css.keys}>j k move · ↵ open · x select · a acknowledge</span>}>
      <div className={css.bar}>
        <Filters filter={filter} onChange={(next) => void setRaw({ ...next, cursor: null })} />
        {chosen.length > 0 && (
          <Button
            tone="primary"
            onClick={() => {
              actions.acknowledge(chosen)
              setSelected(new Set())
            }}
          >
            Acknowledge {plural(chosen.length, 'alert')}
          </Button>
        )}
      </div>
      {alerts.length > 0 ? (
        <AlertTable
          alerts={alerts}
          selected={selected}
          onSelect={setSelected}
          onAcknowledge={(alert) => alert.state === 'firing' && actions.acknowledge([alert])}
        />
      ) : filter.status === 'firing' && !narrowed ? (
        <EmptyState good title="Nothing is firing">
          An alert appears when evidence passes the promise of its model: at most one false incident in 30 days by
          default, all detectors together.
        </EmptyState>
      ) : (
        <EmptyState title="No alert fits this filter">Widen it: every alert that was ever raised is kept.</EmptyState>
      )}
      <div className={css.pages}>
        {raw.cursor && (
          <Button tone="quiet" onClick={() => void setRaw({ cursor: null })}>
            Newest
          </Button>
        )}
        {data?.nextCursor && (
          <Button tone="quiet" onClick={() => void setRaw({ cursor: data.nextCursor })}>
            Older
          </Button>
        )}
      </div>
    </Screen>
  )
}
