'use client'

import { useEffect } from 'react'
import { Button } from '@/app/_ui/button'
import { Menu } from '@/app/_ui/menu'
import type { AlertDetail } from '@/lib/view/alert'
import { useAlertActions } from '../use-alert-actions'
import css from './actions.module.css'

const snoozes = [1, 4, 24]

/** In reach while one reads: the bar stays under the top. */
export function Actions({ alert, me }: { alert: AlertDetail; me: string | null }) {
  const { acknowledge, assign, snooze, resolve, reopen } = useAlertActions()
  const open = alert.state !== 'resolved'
  const firing = alert.state === 'firing'

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(target.tagName)) return
      if (event.key === 'a' && firing) acknowledge([alert])
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [alert, firing, acknowledge])

  return (
    <div className={css.actions} role="toolbar" aria-label="Actions on this alert">
      {firing && (
        <Button tone="primary" hint="a" onClick={() => acknowledge([alert])}>
          Acknowledge
        </Button>
      )}
      {open && (
        <Menu
          label="Assign"
          trigger={<Button>{alert.owner ? `Owner: ${alert.owner}` : 'Assign'}</Button>}
          items={[
            ...(me ? [{ label: `To me, ${me}`, onSelect: () => assign(alert, me), checked: alert.owner === me }] : []),
            { label: 'To nobody', onSelect: () => assign(alert, null), checked: alert.owner === null },
          ]}
        />
      )}
      {open && (
        <Menu
          label="Snooze"
          trigger={<Button>Snooze</Button>}
          items={snoozes.map((hours) => ({ label: `For ${hours} h`, onSelect: () => snooze(alert, hours) }))}
        />
      )}
      {open ? (
        <Button onClick={() => resolve(alert)}>Resolve</Button>
      ) : (
        <Button onClick={() => reopen(alert)}>Reopen</Button>
      )}
    </div>
  )
}
