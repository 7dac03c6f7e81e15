'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { queries } from '@/app/_data/queries'
import { Section } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { useRange } from '@/app/_ui/use-range'
import { firstEvent } from './first-event'
import { ModelTable } from './models/model-table'
import { Needs } from './needs'
import css from './now.module.css'
import { worstFirst } from './worst-first'

/** Models on this screen; the rest are calmer than these and stand on their own screen. */
const shown = 20

export function Now({ address }: { address: string }) {
  const { range } = useRange()
  const models = useQuery(queries.models(range)).data?.items ?? []
  const alerts = useQuery(queries.alerts({ status: 'firing' })).data?.items ?? []
  const sorted = worstFirst(models)
  if (models.length === 0) {
    return (
      <EmptyState
        title="No model is watched yet"
        command={firstEvent(address)}
        waiting="Waiting for the first event; this page turns into the dashboard by itself."
      >
        Assay learns of a model from its first event. Send one over HTTP with a token of the scope ingest, or let your
        producers write to the Kafka topic.
      </EmptyState>
    )
  }
  return (
    <>
      <Needs alerts={alerts} />
      <Section title="Models" aside={<Link href="/models">{plural(models.length, 'model')}, worst first</Link>}>
        <ModelTable models={sorted.slice(0, shown)} />
      </Section>
      {sorted.length > shown && (
        <p className={css.rest}>
          <Link href="/models">{sorted.length - shown} more, all calmer than these</Link>
        </p>
      )}
      <p className={css.promise}>
        <span>The promise</span> at most 1 false incident a model in 30 days of its own time, all detectors together,
        unless its configuration says otherwise.
      </p>
    </>
  )
}
