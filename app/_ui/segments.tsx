'use client'

import { useQuery } from '@tanstack/react-query'
import { queries, type Range } from '@/app/_data/queries'
import type { SegmentBreakdown } from '@/lib/view/drift'
import { ErrorState } from './error-state'
import { count, percent, plural } from './format'
import css from './segments.module.css'
import { Skeleton } from './skeleton'
import { type Column, Table } from './table'
import { Visible } from './visible'

type Value = SegmentBreakdown['keys'][number]['values'][number]

/** Values of a key that are shown: the rest carries less. */
const shown = 8

/** Who carries a movement: per segment value, its share of the rows then and now, how far its rows moved, and its part in the whole. */
export function Segments({ model, feature, range }: { model: string; feature: string | null; range: Range }) {
  const answer = useQuery({ ...queries.segments(model, feature, range), refetchInterval: false })
  if (answer.isError)
    return (
      <ErrorState
        what="The segments could not be counted."
        kept="The events are stored."
        act={answer.error.message}
        retry={() => void answer.refetch()}
      />
    )
  if (!answer.data) return <Skeleton height={120} />
  const { keys, moved, baselineRows, rangeRows, whole } = answer.data
  if (keys.length === 0)
    return (
      <p className={css.note}>
        {rangeRows === 0 && baselineRows === 0
          ? 'No row here carries a segment. Send one with each prediction (data.segment, such as {"region": "north"}), and what one part of the traffic does alone is told here.'
          : 'The rows here carry no segment that can be compared.'}
      </p>
    )
  return (
    <div className={css.breakdown}>
      {keys.map(({ key, mix, values }) => (
        <section key={key}>
          <h3 className={css.key}>
            <Visible line text={key} />
            <span>
              {mix === null ? '' : `mix moved by ${percent(mix)}`}
              {values.length > shown && ` · the first ${shown} of ${values.length}`}
            </span>
          </h3>
          <Table
            label={`Segments by ${key}`}
            columns={columns(moved !== null, values)}
            rows={values.slice(0, shown)}
            rowKey={(v) => v.value}
          />
        </section>
      ))}
      <p className={css.note}>
        Counted over {plural(baselineRows, 'stored row')} of the baseline and {whole ? '' : 'the latest '}
        {plural(rangeRows, 'row')} of the range.
        {moved !== null && ` In all of them it moved by ${percent(moved)} of rows, corrected for chance.`}
      </p>
    </div>
  )
}

function columns(ofFeature: boolean, values: readonly Value[]): Column<Value>[] {
  const most = Math.max(1e-9, ...values.map((v) => Math.abs(v.part ?? 0)))
  return [
    { id: 'value', head: 'Value', cell: (v) => <Visible line text={v.value} /> },
    { id: 'then', head: 'Then', align: 'end', width: 'clamp(48px, 12vw, 64px)', cell: (v) => percent(v.shareThen) },
    { id: 'now', head: 'Now', align: 'end', width: 'clamp(48px, 12vw, 64px)', cell: (v) => percent(v.shareNow) },
    ...(ofFeature
      ? ([
          {
            id: 'effect',
            head: 'Moved',
            align: 'end',
            width: 'clamp(64px, 16vw, 76px)',
            cell: (v) => (v.effect === null ? '–' : percent(v.effect)),
          },
          {
            id: 'part',
            head: 'Its part',
            align: 'end',
            width: 'clamp(60px, 15vw, 112px)',
            cell: (v) => <Part share={v.part ?? 0} most={most} />,
          },
        ] satisfies Column<Value>[])
      : []),
    {
      id: 'evidence',
      head: 'Evidence',
      align: 'end',
      width: '76px',
      wide: true,
      cell: (v) => (v.evidence === null ? '–' : percent(v.evidence)),
    },
    { id: 'n', head: 'n', align: 'end', width: '72px', wide: true, cell: (v) => count(v.rowsNow) },
  ]
}

/** A part of the whole movement, in points of rows; below zero it hides movement of the others. */
const Part = ({ share, most }: { share: number; most: number }) => (
  <span className={css.part}>
    <i
      style={{ width: `${(Math.abs(share) / most) * 48}px` }}
      data-against={share < 0 || undefined}
      aria-hidden="true"
    />
    {percent(share)}
  </span>
)
