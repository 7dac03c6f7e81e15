'use client'

import { useQueryClient } from '@tanstack/react-query'
import { post } from '@/app/_data/api'
import { reason } from '@/app/_data/use-act'
import { plural } from '@/app/_ui/format'
import { useToast } from '@/app/_ui/toast'
import type { AlertItem } from '@/lib/view/alert'

type Verb = 'acknowledge' | 'assign' | 'snooze' | 'resolve' | 'undo'
type Acted = Pick<AlertItem, 'id' | 'state' | 'owner'>

/** What is done to alerts from any screen: shown at once, sent, put back when refused, with the way back when it worked. */
export function useAlertActions() {
  const client = useQueryClient()
  const say = useToast()

  async function act(
    alerts: readonly Acted[],
    verb: Verb,
    patch: Partial<AlertItem>,
    body: Record<string, unknown>,
    done: string,
    undo?: () => void,
  ) {
    const ids = new Set(alerts.map((a) => a.id))
    client.setQueriesData<unknown>({ predicate: ({ queryKey }) => isAlerts(queryKey[0]) }, (old: unknown) =>
      patched(old, ids, patch),
    )
    const answers = await Promise.allSettled(
      alerts.map((a) => post(`/api/v1/alerts/${a.id}/${verb}`, { seen: a.state, ...body })),
    )
    const failures = answers.filter((a) => a.status === 'rejected')
    await client.invalidateQueries()
    if (failures.length === 0) return say({ text: done, ...(undo ? { undo } : {}) })
    const why = reason(failures[0]?.reason)
    say({ text: `${failures.length} of ${plural(alerts.length, 'alert')} stayed as it was: ${why}`, failed: true })
  }

  const reopen = (alerts: readonly Acted[], now: AlertItem['state']) =>
    act(
      alerts.map((a) => ({ ...a, state: now })),
      'undo',
      { state: 'firing', owner: null },
      {},
      'Back to firing',
    )

  return {
    acknowledge: (alerts: readonly Acted[]) =>
      void act(
        alerts,
        'acknowledge',
        { state: 'acknowledged' },
        {},
        `${plural(alerts.length, 'alert')} acknowledged`,
        () => void reopen(alerts, 'acknowledged'),
      ),
    assign: (alert: Acted, owner: string | null) =>
      void act(
        [alert],
        'assign',
        { owner },
        { owner },
        owner ? `Assigned to ${owner}` : 'Nobody owns it now',
        () => void act([alert], 'assign', { owner: alert.owner }, { owner: alert.owner, seen: null }, 'Owner put back'),
      ),
    snooze: (alert: Acted, hours: number) =>
      void act(
        [alert],
        'snooze',
        { state: 'snoozed' },
        { until: new Date(Date.now() + hours * 3_600_000).toISOString() },
        `Snoozed for ${hours} h`,
        () => void reopen([alert], 'snoozed'),
      ),
    resolve: (alert: Acted) =>
      void act([alert], 'resolve', { state: 'resolved' }, {}, 'Resolved', () => void reopen([alert], 'resolved')),
    reopen: (alert: Acted) => void reopen([alert], alert.state),
  }
}

const isAlerts = (path: unknown): boolean => typeof path === 'string' && path.startsWith('/api/v1/alerts')

function patched(old: unknown, ids: ReadonlySet<string>, patch: Partial<AlertItem>): unknown {
  if (typeof old !== 'object' || old === null) return old
  if ('items' in old && Array.isArray(old.items))
    return { ...old, items: old.items.map((a: AlertItem) => (ids.has(a.id) ? { ...a, ...patch } : a)) }
  return 'id' in old && typeof old.id === 'string' && ids.has(old.id) ? { ...old, ...patch } : old
}
