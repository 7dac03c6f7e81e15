'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '@/app/_data/queries'
import { Comparison } from '@/app/_ui/charts/comparison'
import { Ribbon } from '@/app/_ui/charts/ribbon'
import { UsualBand } from '@/app/_ui/charts/usual-band'
import { ErrorState } from '@/app/_ui/error-state'
import { count, measure, percent } from '@/app/_ui/format'
import { Segments } from '@/app/_ui/segments'
import { Sheet } from '@/app/_ui/sheet'
import { Skeleton } from '@/app/_ui/skeleton'
import { useRange } from '@/app/_ui/use-range'
import type { FeatureDetail } from '@/lib/view/drift'
import css from './feature-sheet.module.css'

/** One feature, over the model's page: reference and current, quantiles over time, what is missing. */
export function FeatureSheet({
  model,
  feature,
  onClose,
}: {
  model: string
  feature: string | null
  onClose: () => void
}) {
  const { range } = useRange()
  const answer = useQuery({ ...queries.feature(model, feature ?? '', range), enabled: feature !== null })
  return (
    <Sheet open={feature !== null} onClose={onClose} title={feature ?? ''} description={`A feature of ${model}`}>
      {answer.isError ? (
        <ErrorState
          what="This feature could not be read."
          kept="Its windows are stored."
          act={answer.error.message}
          retry={() => void answer.refetch()}
        />
      ) : answer.data ? (
        <>
          <Detail detail={answer.data} />
          <section className={css.segments}>
            <h3>Segments that carry it</h3>
            <Segments model={model} feature={answer.data.name} range={range} />
          </section>
        </>
      ) : (
        <div className={css.reading}>
          <Skeleton height={180} />
          <Skeleton height={180} />
        </div>
      )}
    </Sheet>
  )
}

function Detail({ detail }: { detail: FeatureDetail }) {
  return (
    <div className={css.detail}>
      <table className={css.sides}>
        <thead>
          <tr>
            <td />
            <th scope="col">Rows</th>
            <th scope="col">Missing</th>
            {detail.type === 'numeric' && <th scope="col">Mean</th>}
          </tr>
        </thead>
        <tbody>
          <Side name="Reference" side={detail.reference} numeric={detail.type === 'numeric'} />
          <Side name="Current" side={detail.current} numeric={detail.type === 'numeric'} />
        </tbody>
      </table>
      <Comparison data={detail.comparison} title="Reference and current" />
      {detail.usual && <UsualBand usual={detail.usual} />}
      {detail.ribbon.length > 1 && <Ribbon ribbon={detail.ribbon} calm={detail.calm} title="Over time" />}
    </div>
  )
}

const Side = ({ name, side, numeric }: { name: string; side: FeatureDetail['reference']; numeric: boolean }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{count(side.n)}</td>
    <td>{percent(side.n + side.missing > 0 ? side.missing / (side.n + side.missing) : 0)}</td>
    {numeric && <td>{side.mean === null ? '–' : measure(side.mean)}</td>}
  </tr>
)
