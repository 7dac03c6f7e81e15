'use client'

import Link from 'next/link'
import { useId, useState } from 'react'
import { post } from '@/app/_data/api'
import { useActAloud } from '@/app/_data/use-act'
import { Button } from '@/app/_ui/button'
import { count } from '@/app/_ui/format'
import { Modal } from '@/app/_ui/sheet'
import { Time } from '@/app/_ui/time'
import { isPoison, kindWords, subjectWords } from '@/app/_ui/words'
import { hasLevel } from '@/lib/baseline/has-level'
import type { AdoptedLevel, AlertDetail } from '@/lib/view/alert'
import css from './adopt.module.css'

/** "This is the new normal": says what will count from when, asks, and can be taken back. Not while an incident is open over it. */
export function Adopt({ alert }: { alert: AlertDetail }) {
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const id = useId()
  const act = useActAloud('Nothing changed')
  const path = `/api/v1/models/${encodeURIComponent(alert.model)}/baseline`
  if (isPoison(alert.kind) || alert.verdict === 'poisoning' || !hasLevel(alert.kind, alert.subject)) return null

  const withdraw = (decision: string) =>
    void act(() => post(`${path}/${encodeURIComponent(decision)}/withdraw`), 'The baseline before it counts again')
  const adopt = () => {
    setAsking(false)
    let decision: AdoptedLevel | null = null
    const send = async () => {
      decision = await post<AdoptedLevel>(path, { alertId: alert.id, ...(note.trim() ? { note: note.trim() } : {}) })
    }
    void act(send, 'Adopted as the new normal', () => decision && withdraw(decision.id))
  }

  const { adopted } = alert
  if (adopted)
    return (
      <div className={css.adopt}>
        <p>
          <b>Adopted as the new normal</b> by {adopted.decidedBy}, <Time at={adopted.decidedAt} />, from event{' '}
          {count(adopted.atEvent)} of the model on{adopted.note ? `: ${adopted.note}` : '.'}
        </p>
        <Button onClick={() => withdraw(adopted.id)}>Take it back</Button>
      </div>
    )
  const open = alert.incidentState === 'open'
  const what = subjectWords(alert.subject) || kindWords[alert.kind].toLowerCase()
  return (
    <div className={css.adopt}>
      <Button onClick={() => setAsking(true)} disabled={open}>
        This is the new normal…
      </Button>
      {open && (
        <p>
          A window under an open incident never becomes a baseline: close{' '}
          <Link href={`/incidents/${encodeURIComponent(alert.incidentId)}`}>incident {alert.incidentNumber}</Link>{' '}
          first.
        </p>
      )}
      <Modal open={asking} onClose={() => setAsking(false)} title="Adopt this level as the new normal?">
        <form
          className={css.ask}
          onSubmit={(event) => {
            event.preventDefault()
            adopt()
          }}
        >
          <p>
            Events of {alert.model} from now on are compared with what came since the onset: <b>{what}</b>. What was
            judged stays as it was. It is written to the audit log, and can be taken back.
          </p>
          <label htmlFor={id}>Why? (optional)</label>
          <textarea id={id} rows={2} maxLength={10_000} value={note} onChange={(e) => setNote(e.target.value)} />
          <div>
            <Button type="submit" tone="primary">
              Adopt
            </Button>
            <Button tone="quiet" onClick={() => setAsking(false)}>
              Keep the baseline
            </Button>
          </div>
        </form>
      </Modal>
    </div>
  )
}
