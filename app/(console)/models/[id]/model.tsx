'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen, Section } from '@/app/_shell/screen'
import { HeatMap } from '@/app/_ui/charts/heat-map'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { PromiseKept } from '@/app/_ui/promise'
import { Segments } from '@/app/_ui/segments'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Status } from '@/app/_ui/status'
import { useRange } from '@/app/_ui/use-range'
import { Adopted } from './adopted'
import { Around } from './around'
import { Facts } from './facts'
import { FeatureSheet } from './feature-sheet'
import { Performance } from './performance'
import { Sources } from './sources'
import { Strips } from './strips'
import { Versions } from './versions'
import { Worst } from './worst'

export function Model({ id }: { id: string }) {
  const { range } = useRange()
  const [feature, setFeature] = useQueryState('feature', parseAsString.withOptions({ history: 'push' }))
  const model = useQuery({ ...queries.model(id, range), placeholderData: (old) => old }).data
  const drift = useQuery({ ...queries.drift(id, range), placeholderData: (old) => old }).data
  const sources = useQuery(queries.sources(id)).data?.items ?? []
  if (!model) return <ScreenSkeleton />
  // Who is being accused comes first, once somebody is.
  const accused = model.health === 'poisoning'
  const whoTeaches = <Sources model={id} sources={sources} strips={model.strips} />
  return (
    <Screen
      title={model.id}
      aside={
        <>
          <Around model={id} />
          <Link href={`/models/${encodeURIComponent(id)}/backtest`}>Backtest</Link>
          <Status kind={model.health} />
        </>
      }
    >
      <Facts model={model} />
      {model.worst && <Worst worst={model.worst} />}
      <Strips model={model} />
      {accused && whoTeaches}
      <Section
        title="Inputs"
        aside={drift && `${plural(drift.features.length, 'feature')}, worst first; open one for its histograms`}
      >
        {drift && drift.features.length > 0 && drift.windows.length > 0 ? (
          <HeatMap map={drift} onOpen={(name) => void setFeature(name)} />
        ) : (
          <EmptyState title="No window is complete yet">
            A feature is compared with the baseline window by window; the first cell appears when the baseline is
            complete.
          </EmptyState>
        )}
      </Section>
      <Performance id={id} />
      <Section title="Segments" aside="the mix of the traffic: baseline against this range">
        <Segments model={id} feature={null} range={range} />
      </Section>
      {model.realised && (
        <Section title="The promise, kept or not">
          <PromiseKept realised={model.realised} />
        </Section>
      )}
      {!accused && whoTeaches}
      <Adopted model={id} />
      <Versions versions={model.versions} />
      <FeatureSheet model={id} feature={feature} onClose={() => void setFeature(null)} />
    </Screen>
  )
}
