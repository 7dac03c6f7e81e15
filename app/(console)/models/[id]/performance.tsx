'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { queries } from '@/app/_data/queries'
import { Section } from '@/app/_shell/screen'
import { Chart } from '@/app/_ui/charts/chart'
import { errorOption } from '@/app/_ui/charts/error-option'
import { Figure } from '@/app/_ui/charts/figure'
import { ErrorState } from '@/app/_ui/error-state'
import { count, measure, rate as share } from '@/app/_ui/format'
import { exact } from '@/app/_ui/instant'
import { Skeleton } from '@/app/_ui/skeleton'
import { useRange } from '@/app/_ui/use-range'
import type { Performance as Data } from '@/lib/view/drift'
import css from './performance.module.css'

/** How often the model is wrong over time: what labels showed, and what was estimated without them. */
export function Performance({ id }: { id: string }) {
  const { range } = useRange()
  const answer = useQuery({ ...queries.performance(id, range), placeholderData: (old) => old })
  return (
    <Section title="Errors over time">
      {answer.isError ? (
        <ErrorState
          what="The errors could not be read."
          kept="Predictions and labels are stored."
          act={answer.error.message}
          retry={() => void answer.refetch()}
        />
      ) : answer.data ? (
        <Errors data={answer.data} />
      ) : (
        <Skeleton height={200} />
      )}
    </Section>
  )
}

function Errors({ data }: { data: Data }) {
  const { realised, estimated, unit, calibrated } = data
  const rate = rates[unit]
  const option = useMemo(() => errorOption(data), [data])
  if (realised.length === 0 && estimated.length === 0)
    return (
      <p className={css.none}>
        No label has come for a prediction of this range. Send <code>ml.label.v1</code> with the id of the prediction,
        late or in part, and the realised error appears here.
      </p>
    )
  const worst = realised.reduce((a, b) => (b.value > a.value ? b : a), realised[0] ?? { value: 0, at: '' })
  return (
    <Figure title={titles[unit]} note={<Key estimated={estimated.length > 0} />} twin={twinOf(data)}>
      <Chart
        option={option}
        height={200}
        label={`${titles[unit]} in ${count(realised.length)} windows; highest ${rate(worst.value)}`}
      />
      {estimated.length === 0 && (
        <p className={css.none}>
          There is no estimate without labels for this range: it needs predictions that say how sure they are (scores),
          or a baseline with labels.
        </p>
      )}
      {calibrated === false && (
        <p className={css.none}>
          The estimate takes the model’s own confidence at its word: no labels of the baseline have corrected it.
        </p>
      )}
    </Figure>
  )
}

const titles = { 'error-rate': 'Share of wrong predictions', 'mean-absolute-error': 'Mean absolute error' }
const rates = { 'error-rate': share, 'mean-absolute-error': measure }

const Key = ({ estimated }: { estimated: boolean }) => (
  <span className={css.key}>
    <i className={css.realised} aria-hidden="true" /> realised, from labels, 95 % interval
    {estimated && (
      <>
        <i className={css.estimated} aria-hidden="true" /> estimated, without labels
      </>
    )}
  </span>
)

function twinOf({ realised, estimated, unit }: Data) {
  const rate = rates[unit]
  const estimates = new Map(estimated.map((p) => [p.at, p]))
  const labelled = new Map(realised.map((p) => [p.at, p]))
  const times = [...new Set([...labelled.keys(), ...estimates.keys()])].sort()
  return {
    columns: ['Window', 'Realised', 'From', 'To', 'n', 'Estimated', 'Est. from', 'Est. to'],
    rows: times.map((at) => {
      const [r, e] = [labelled.get(at), estimates.get(at)]
      return [
        exact(at).slice(0, 16),
        ...(r ? [rate(r.value), rate(r.low), rate(r.high), count(r.n)] : ['–', '–', '–', '–']),
        ...(e ? [rate(e.value), rate(e.low), rate(e.high)] : ['–', '–', '–']),
      ]
    }),
  }
}
