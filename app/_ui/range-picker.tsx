'use client'

import { CalendarRange } from 'lucide-react'
import { Button } from './button'
import { exact } from './instant'
import { Menu } from './menu'
import { lasts, lastWords } from './range'
import { useRange } from './use-range'

export function RangePicker() {
  const { last, from, to, setLast } = useRange()
  const words =
    from && to ? `${exact(from).slice(5, 16)} – ${exact(to).slice(5, 16)}` : last ? lastWords[last] : 'all time'
  return (
    <Menu
      label="Time range"
      trigger={
        <Button tone="quiet" aria-label={`Time range: ${words}`}>
          <CalendarRange size={14} aria-hidden="true" />
          {words}
        </Button>
      }
      items={[
        ...lasts.map((l) => ({ label: lastWords[l], checked: l === last, onSelect: () => void setLast(l) })),
        { label: 'all time', checked: !last && !from, onSelect: () => void setLast(null) },
      ]}
    />
  )
}
