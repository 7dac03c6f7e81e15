'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '@/app/_data/queries'
import { Screen, Section } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { plural } from '@/app/_ui/format'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { Around } from '../around'
import { GoldenSet } from './golden-set'
import { Upload } from './upload'

/** The rows that a model is measured on: what counts now, what waits for a second person, what counted before. */
export function Golden({ id }: { id: string }) {
  const sets = useQuery(queries.golden(id)).data?.items
  if (!sets) return <ScreenSkeleton />
  const current = sets.filter((set) => set.state === 'approved')
  const waiting = sets.filter((set) => set.state === 'proposed')
  const past = sets.filter((set) => set.state === 'replaced' || set.state === 'rejected')
  return (
    <Screen title={`Golden set of ${id}`} aside={<Around model={id} here="/golden" />}>
      {sets.length === 0 && (
        <EmptyState
          title="There is no golden set yet"
          command={`curl -X PUT "$ASSAY/api/v1/models/${encodeURIComponent(id)}/golden" -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/x-ndjson" --data-binary @golden.ndjson`}
        >
          Rows that you know to be right, such as {'{"features":{"len":212},"text":"…","label":"ham"}'}, a few hundred
          of each class. With them Assay says what every source does to the recall of each class; without, it measures
          on a sample of the training rows of the others.
        </EmptyState>
      )}
      {waiting.length > 0 && (
        <Section title="Waits for a second person" aside="whoever proposes a set does not approve it">
          {waiting.map((set) => (
            <GoldenSet key={set.id} model={id} set={set} />
          ))}
        </Section>
      )}
      {current.length > 0 && (
        <Section title="Counts now">
          {current.map((set) => (
            <GoldenSet key={set.id} model={id} set={set} />
          ))}
        </Section>
      )}
      <Section title={sets.length === 0 ? 'Upload one' : 'Upload another'}>
        <Upload model={id} />
      </Section>
      {past.length > 0 && (
        <Section title="Before" aside={plural(past.length, 'set')}>
          {past.map((set) => (
            <GoldenSet key={set.id} model={id} set={set} />
          ))}
        </Section>
      )}
    </Screen>
  )
}
