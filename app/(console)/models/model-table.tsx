'use client'

import { StripInline } from '@/app/_ui/charts/strip-inline'
import { scaleWords } from '@/app/_ui/evidence'
import { compact, percent } from '@/app/_ui/format'
import { Estimate } from '@/app/_ui/number'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import { useRange } from '@/app/_ui/use-range'
import type { ModelSummary } from '@/lib/view/model'
import css from './model-table.module.css'

/** All models on one time axis. The caller has sorted them. */
export function ModelTable({ models }: { models: ModelSummary[] }) {
  const { domain } = useRange()
  const axis = domain(models.map((m) => m.strip))
  const columns: Column<ModelSummary>[] = [
    { id: 'model', head: 'Model', cell: (m) => m.id, width: 'clamp(124px, 18vw, 320px)' },
    { id: 'state', head: 'State', width: '112px', cell: (m) => <State model={m} /> },
    {
      id: 'evidence',
      head: 'Evidence',
      cell: (m) => <StripInline strip={m.strip} domain={axis} />,
    },
    {
      id: 'drift',
      head: 'Drift',
      align: 'end',
      width: '72px',
      wide: true,
      cell: (m) => <Share share={m.drift?.share} />,
    },
    {
      id: 'poison',
      head: 'Poison',
      align: 'end',
      width: '72px',
      wide: true,
      cell: (m) => <Share share={m.poison?.share} poison />,
    },
    {
      id: 'error',
      head: 'Error',
      align: 'end',
      width: '152px',
      wide: true,
      cell: (m) => (m.error ? <Estimate value={m.error.value} low={m.error.low} high={m.error.high} /> : '–'),
    },
    { id: 'rate', head: 'Events/s', align: 'end', width: '72px', wide: true, cell: (m) => compact(m.eventsPerSecond) },
    {
      id: 'fresh',
      head: 'Last arrival',
      align: 'end',
      width: '96px',
      wide: true,
      cell: (m) => <Time at={m.lastIngestedAt} empty="never" />,
    },
  ]
  return (
    <Table
      main
      label="Models, worst first"
      columns={columns}
      rows={models}
      rowKey={(m) => m.id}
      href={(m) => `/models/${encodeURIComponent(m.id)}`}
    />
  )
}

function State({ model: { health, learning } }: { model: ModelSummary }) {
  if (health !== 'learning' || !learning || learning.needed === 0) return <Status kind={health} />
  return <Status kind="learning">learning {percent(learning.seen / learning.needed)}</Status>
}

/** Evidence as a share of the promise; coloured only once it matters. */
function Share({ share, poison }: { share: number | undefined; poison?: boolean }) {
  if (share === undefined) return <span className={css.none}>–</span>
  const tone = share >= 1 ? (poison ? 'poison' : 'alarm') : share >= 0.5 ? 'watch' : undefined
  return (
    <span className={css.share} data-tone={tone} title={scaleWords}>
      {percent(share)}
    </span>
  )
}
