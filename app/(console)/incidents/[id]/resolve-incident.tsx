'use client'

import { useState } from 'react'
import { post } from '@/app/_data/api'
import { useActAloud } from '@/app/_data/use-act'
import { Button } from '@/app/_ui/button'
import { Choice } from '@/app/_ui/choice'
import { plural } from '@/app/_ui/format'
import { Modal } from '@/app/_ui/sheet'
import type { IncidentDetail } from '@/lib/view/incident'
import css from './done.module.css'

const outcomes = { 'not said': null, 'it was real': 'real', 'a false alarm': 'false-alarm' } as const

/** Closing an incident says what is left open before it asks. */
export function ResolveIncident({ incident }: { incident: IncidentDetail }) {
  const [asking, setAsking] = useState(false)
  const [was, setWas] = useState<keyof typeof outcomes>('not said')
  const aloud = useActAloud('It stayed open')
  if (incident.state === 'resolved') return null
  const left = incident.tasks - incident.tasksDone
  const resolution = outcomes[was]
  function resolve() {
    setAsking(false)
    void aloud(
      () => post(`/api/v1/incidents/${encodeURIComponent(incident.id)}/resolve`, { seen: incident.state, resolution }),
      `Incident ${incident.number} resolved`,
    )
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>Resolve…</Button>
      <Modal open={asking} onClose={() => setAsking(false)} title={`Resolve incident ${incident.number}?`}>
        <div className={css.done}>
          <p>
            {left > 0 ? `${plural(left, 'task')} would be left open.` : 'Every task is done.'} Its{' '}
            {plural(incident.alerts, 'alert')} and the timeline are kept; a further finding of this cause opens it
            again.
          </p>
          <Choice
            label="What was it?"
            value={was}
            options={Object.keys(outcomes)}
            onChange={(next) => setWas(next as keyof typeof outcomes)}
          />
          <p className={css.hint}>What it was is counted against the promise of the model. It changes no threshold.</p>
          <div>
            <Button tone="primary" onClick={resolve}>
              Resolve
            </Button>
            <Button tone="quiet" onClick={() => setAsking(false)}>
              Keep it open
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
