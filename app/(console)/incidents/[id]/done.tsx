'use client'

import { useId, useState } from 'react'
import { Button } from '@/app/_ui/button'
import css from './done.module.css'

/** A task is done when something shows it: that goes to the timeline with the name of who wrote it. */
export function Done({ onDone, onCancel }: { onDone: (evidence: string) => void; onCancel: () => void }) {
  const [evidence, setEvidence] = useState('')
  const id = useId()
  return (
    <form
      className={css.done}
      onSubmit={(event) => {
        event.preventDefault()
        if (evidence.trim()) onDone(evidence.trim())
      }}
    >
      <label htmlFor={id}>What shows that it is done?</label>
      <textarea
        id={id}
        rows={2}
        required
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
        autoFocus
        value={evidence}
        onChange={(e) => setEvidence(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Escape') onCancel()
          if (e.key === 'Enter' && (e.metaKey || e.ctrlKey)) e.currentTarget.form?.requestSubmit()
        }}
      />
      <div>
        <Button type="submit" tone="primary" disabled={!evidence.trim()}>
          Mark as done
        </Button>
        <Button tone="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
