import Link from 'next/link'
import { count, percent, plural } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { Visible } from '@/app/_ui/visible'
import { shareOfPromise } from '@/lib/evidence/share'
import type { SourceCluster } from '@/lib/view/source'
import css from './clusters.module.css'

/** Members that are written out; the others are counted. */
const named = 12

/** Sources that look like one hand: who, why, and what is held against them together. */
export function ClusterTable({ model, clusters }: { model: string; clusters: SourceCluster[] }) {
  const columns: Column<SourceCluster>[] = [
    {
      id: 'why',
      head: 'Why they count as one',
      wrap: true,
      width: 'clamp(150px, 30vw, 420px)',
      cell: (c) =>
        c.alertId === null ? (
          `${plural(c.members.length, 'source')} that ${c.why}`
        ) : (
          <Link href={`/alerts/${encodeURIComponent(c.alertId)}`}>{c.why}</Link>
        ),
    },
    { id: 'members', head: 'Sources', wrap: true, cell: (c) => <Members model={model} members={c.members} /> },
    {
      id: 'evidence',
      head: 'Evidence together',
      align: 'end',
      width: '136px',
      wide: true,
      cell: (c) => `${percent(shareOfPromise(c.evidence))} of an alarm`,
    },
    { id: 'rows', head: 'Rows judged', align: 'end', width: '96px', wide: true, cell: (c) => count(c.rows) },
    { id: 'state', head: 'State', width: '112px', wide: true, cell: (c) => <Status kind={c.state} /> },
  ]
  return <Table label="Sources that look like one hand" columns={columns} rows={clusters} rowKey={(c) => c.id} />
}

function Members({ model, members }: { model: string; members: string[] }) {
  const more = members.length - named
  return (
    <ul className={css.members}>
      {members.slice(0, named).map((origin) => (
        <li key={origin}>
          <Link href={`/models/${encodeURIComponent(model)}/sources/${encodeURIComponent(origin)}`}>
            <Visible text={origin} />
          </Link>
        </li>
      ))}
      {more > 0 && <li>and {count(more)} more</li>}
    </ul>
  )
}
