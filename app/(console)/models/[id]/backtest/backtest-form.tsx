'use client'

import { useState } from 'react'
import { post } from '@/app/_data/api'
import { useAct } from '@/app/_data/use-act'
import { Button } from '@/app/_ui/button'
import type { BacktestDetail, BacktestItem } from '@/lib/view/backtest'
import type { ModelDetail } from '@/lib/view/model'
import css from './backtest-form.module.css'
import { type Asked, askedOf, configOf, seasons } from './config'
import { Field } from './field'

/** The parts of a configuration that change what is raised; it begins with what the model has now. */
export function BacktestForm({
  model,
  running,
  onStarted,
}: {
  model: ModelDetail
  running: BacktestItem | null
  onStarted: (run: string) => void
}) {
  const [asked, setAsked] = useState<Asked>(() => askedOf(model.config))
  const { act, busy, refused } = useAct()
  const set = (change: Partial<Asked>) => setAsked({ ...asked, ...change })

  async function start() {
    const at = (local: string) => (local ? `${local}:00Z` : null)
    const body = { config: configOf(model.config, asked), from: at(asked.from), to: at(asked.to) }
    const run = await post<BacktestDetail>(`/api/v1/models/${encodeURIComponent(model.id)}/backtest`, body)
    onStarted(run.id)
  }

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void act(start)
      }}
    >
      <fieldset className={css.promise}>
        <legend>The promise</legend>
        <span>at most</span>
        <input
          type="number"
          aria-label="False incidents"
          min={0.01}
          step="any"
          required
          value={asked.falseIncidents}
          onChange={(e) => set({ falseIncidents: e.target.value })}
        />
        <span>false incidents in</span>
        <input
          type="number"
          aria-label="Length of the period"
          min={1}
          step="any"
          required
          value={asked.per}
          onChange={(e) => set({ per: e.target.value })}
        />
        <select
          aria-label="Unit of the period"
          value={asked.unit}
          onChange={(e) => set({ unit: e.target.value as Asked['unit'] })}
        >
          <option value="days">days of its events</option>
          <option value="events">events</option>
        </select>
      </fieldset>
      <Field name="Baseline" hint="first rows that say what is normal">
        <input
          type="number"
          min={50}
          max={1_000_000}
          step={1}
          required
          value={asked.rows}
          onChange={(e) => set({ rows: e.target.value })}
        />
      </Field>
      <Field name="Seasonality" hint="what comes back by itself">
        <select
          value={asked.seasonality}
          onChange={(e) => set({ seasonality: e.target.value as Asked['seasonality'] })}
        >
          {seasons.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <Field name="From, event time" hint="UTC; empty: from the first event">
        <input type="datetime-local" value={asked.from} onChange={(e) => set({ from: e.target.value })} />
      </Field>
      <Field name="To, event time" hint="UTC; empty: to the latest">
        <input type="datetime-local" value={asked.to} onChange={(e) => set({ to: e.target.value })} />
      </Field>
      <div className={css.go}>
        <Button type="submit" tone="primary" disabled={busy || running !== null}>
          Run over the past
        </Button>
        {running && <span>One at a time: a run is on its way.</span>}
        {refused && (
          <p role="alert" className={css.refused}>
            It did not start: {refused}.
          </p>
        )}
      </div>
    </form>
  )
}
