'use client'

import { Tooltip as Radix } from 'radix-ui'
import css from './tooltip.module.css'

/** A few words on a control or a mark; never the only place of a fact. */
export function Tooltip({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <Radix.Provider delayDuration={250}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className={css.tooltip} sideOffset={6} collisionPadding={8}>
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
