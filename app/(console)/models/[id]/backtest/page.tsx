import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { one } from '@/app/_ui/range'
import { listBacktests, readBacktest } from '@/lib/backtest/read'
import { readModel } from '@/lib/model/read'
import { Backtest } from './backtest'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Backtest of ${decodeURIComponent((await params).id)}` }
}

export default async function BacktestPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).id)
  const run = one((await searchParams).run)
  const ctx = await pageContext()
  const [model, runs, detail] = await orNotFound(
    Promise.all([readModel(ctx, { id }), listBacktests(ctx, { id }), run ? readBacktest(ctx, { id, run }) : null]),
  )
  return (
    <Hydrate
      data={[
        [queries.model(id).queryKey, model],
        [queries.backtests(id).queryKey, runs],
        ...(run && detail ? [[queries.backtest(id, run).queryKey, detail] as [readonly string[], unknown]] : []),
      ]}
    >
      <Backtest id={id} />
    </Hydrate>
  )
}
