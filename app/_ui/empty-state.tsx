'use client'

import { useState } from 'react'
import { Button } from './button'
import css from './empty-state.module.css'
import { StatusIcon } from './status-icon'

/** Teaches: what will be here, the one command that fills it, and that it is being waited for. */
export function EmptyState({
  title,
  children,
  command,
  waiting,
  good,
}: {
  title: string
  children?: React.ReactNode
  command?: string
  waiting?: string
  /** Nothing here is good news. */
  good?: boolean
}) {
  return (
    <section className={css.empty}>
      {good && (
        <span className={css.good}>
          <StatusIcon kind="ok" size={20} />
        </span>
      )}
      <h2 className={css.title}>{title}</h2>
      {children && <p className={css.text}>{children}</p>}
      {command && <Command text={command} />}
      {waiting && (
        <p className={css.waiting} role="status">
          <span className={css.pulse} aria-hidden="true" />
          {waiting}
        </p>
      )}
    </section>
  )
}

function Command({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div className={css.command}>
      <pre>{text}</pre>
      <Button tone="quiet" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}
