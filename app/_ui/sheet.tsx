'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import css from './sheet.module.css'

type Props = {
  open: boolean
  onClose: () => void
  title: React.ReactNode
  description?: string
  children: React.ReactNode
}

/** A side sheet: detail without losing place. Escape and a click outside close it. */
export function Sheet(props: Props) {
  return <Panel {...props} shape="sheet" />
}

/** A small dialog in the middle, for one decision. */
export function Modal(props: Props) {
  return <Panel {...props} shape="modal" />
}

function Panel({ open, onClose, title, description, children, shape }: Props & { shape: 'sheet' | 'modal' }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={css.overlay} />
        <Dialog.Content className={css[shape]} {...(description ? {} : { 'aria-describedby': undefined })}>
          <header className={css.head}>
            <div>
              <Dialog.Title className={css.title}>{title}</Dialog.Title>
              {description && <Dialog.Description className={css.description}>{description}</Dialog.Description>}
            </div>
            <Dialog.Close className={css.close} aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className={css.body}>{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
