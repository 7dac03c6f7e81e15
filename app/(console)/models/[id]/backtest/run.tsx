'use client'

import { useQuery } from '@tanstack/react-query'
import { post } from '@/app/_data/api'
import { queries } from '@/app/_data/queries'
import { useActAloud } from '@/app/_data/use-act'
import { Section } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { ErrorState } from '@/app/_ui/error-state'
import { count, percent, plural } from '@/app/_ui/format'
import { PromiseKept } from '@/app/_ui/promise'
import { Skeleton } from '@/app/_ui/skeleton'
import type { BacktestDetail } from '@/lib/view/backtest'
import { Alarms } from './alarms'
import { duration } from './duration'
import { Lanes } from './lanes'
import css from './run.module.css'

const pollMs = 700

/** One run: its progress, then what it came to. */
export function Run({ model, run }: { model: string; run: string }) {
  const answer = useQuery({
    ...queries.backtest(model, run),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMs : false),
  })
  if (answer.isError)
    return (
      <ErrorState
        what="This run could not be read."
        kept="What it came to is stored."
        act={answer.error.message}
        retry={() => void answer.refetch()}
      />
    )
  const detail = answer.data
  if (!detail)
    return (
      <Section title="On its way">
        <Skeleton height={32} />
      </Section>
    )
  if (detail.state === 'running') return <OnItsWay detail={detail} />
  if (detail.state === 'cancelled')
    return (
      <Section title="Result">
        <p className={css.note}>
          It was cancelled after {count(detail.done)} of {plural(detail.total, 'event')}; nothing of it is kept.
        </p>
      </Section>
    )
  if (detail.state === 'failed')
    return (
      <ErrorState
        what="The run did not come to its end."
        kept="The stored events are as they were."
        act="Start it again."
        {...(detail.error ? { detail: detail.error } : {})}
      />
    )
  return <Result detail={detail} />
}

function OnItsWay({ detail }: { detail: BacktestDetail }) {
  const act = useActAloud('It goes on')
  const share = detail.total > 0 ? detail.done / detail.total : 0
  const cancel = () =>
    act(() => post(`/api/v1/models/${encodeURIComponent(detail.model)}/backtest/${detail.id}/cancel`), 'Cancelled')
  return (
    <Section title="On its way">
      <div className={css.progress}>
        <progress aria-label="Events read" value={detail.done} max={detail.total} />
        <span role="status">
          {percent(share)} · {count(detail.done)} of {plural(detail.total, 'event')}
        </span>
        <Button onClick={() => void cancel()}>Cancel</Button>
      </div>
    </Section>
  )
}

function Result({ detail }: { detail: BacktestDetail }) {
  const { result } = detail
  if (!result) return <p className={css.note}>The range held no event.</p>
  const { alarms, live, delay, rates, liveRates, failed, events, elapsedMs } = result
  const missed = live.filter((raised) => !raised.found)
  return (
    <>
      <Section
        title="Result"
        aside={`${plural(events, 'event')} in ${duration(elapsedMs)}${failed > 0 ? `, ${count(failed)} of them refused by a detector` : ''}`}
      >
        <p className={css.sentence}>
          <b>{plural(detail.alarms ?? 0, 'alarm')}</b> in {plural(detail.incidents ?? 0, 'incident')}
          {delay && `, ${plural(delay.events, 'event')} (${duration(delay.ms)}) after their onset in the median`}. Live
          raised {plural(live.length, 'alert')} over the same time
          {live.length > 0 && `; this run found ${count(live.length - missed.length)} of them`}.
        </p>
        <Lanes detail={detail} />
        <div className={css.rates}>
          <PromiseKept realised={rates} title="This configuration: false incidents" />
          <PromiseKept realised={liveRates} title="Live, as configured now: false incidents" />
        </div>
      </Section>
      <Alarms alarms={alarms} total={detail.alarms ?? alarms.length} missed={missed} />
    </>
  )
}
