'use client'

import { DropdownMenu } from 'radix-ui'
import css from './menu.module.css'

export interface MenuItem {
  label: string
  onSelect: () => void
  /** A choice out of several: shown with a tick. */
  checked?: boolean
  note?: string
}

/** A menu under a button that it is given. */
export function Menu({ trigger, items, label }: { trigger: React.ReactNode; items: MenuItem[]; label: string }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={css.menu} align="end" sideOffset={6} collisionPadding={8} aria-label={label}>
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.label}
              className={css.item}
              onSelect={item.onSelect}
              {...(item.checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': item.checked })}
            >
              <span className={css.tick} aria-hidden="true">
                {item.checked ? '✓' : ''}
              </span>
              {item.label}
              {item.note && <span className={css.note}>{item.note}</span>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
