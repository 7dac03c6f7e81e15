import { queryOptions } from '@tanstack/react-query'
import type { Last } from '@/lib/model/last'
import type { AdoptedLevel, AlertDetail, AlertItem, SuspectItem } from '@/lib/view/alert'
import type { BacktestDetail, BacktestItem } from '@/lib/view/backtest'
import type { FeatureDetail, HeatMap, Performance, SegmentBreakdown } from '@/lib/view/drift'
import type { GoldenSetItem } from '@/lib/view/golden'
import type { IncidentDetail, IncidentItem, TaskItem } from '@/lib/view/incident'
import type { IngestStatus } from '@/lib/view/ingest'
import type { ModelDetail, ModelSummary } from '@/lib/view/model'
import type { Page } from '@/lib/view/page'
import type { SourceCluster, SourceDetail, SourceRow } from '@/lib/view/source'
import type { RankedSuspects } from '@/lib/view/suspect'
import type { TriggerRow } from '@/lib/view/trigger'
import { api, withQuery } from './api'

/** What the screens read. The key is the path of the API, so that the server can put its answer under the same key before the first paint. */
const read = <T>(path: string) =>
  queryOptions({ queryKey: [path] as const, queryFn: ({ signal }) => api<T>(path, { signal }) })

export interface Range {
  from?: string | null
  to?: string | null
  last?: Last | null
}
export interface AlertFilter {
  status?: string | null
  model?: string | null
  kind?: string | null
  cursor?: string | null
}

const model = (id: string) => `/api/v1/models/${encodeURIComponent(id)}`

export const queries = {
  models: (range: Range = {}) => read<Page<ModelSummary>>(withQuery('/api/v1/models', { ...range })),
  model: (id: string, range: Range = {}) => read<ModelDetail>(withQuery(model(id), { ...range })),
  drift: (id: string, range: Range = {}) => read<HeatMap>(withQuery(`${model(id)}/drift`, { ...range })),
  performance: (id: string, range: Range = {}) =>
    read<Performance>(withQuery(`${model(id)}/performance`, { ...range })),
  segments: (id: string, feature: string | null, range: Range = {}) =>
    read<SegmentBreakdown>(withQuery(`${model(id)}/segments`, { feature, ...range })),
  backtests: (id: string) => read<Page<BacktestItem>>(`${model(id)}/backtest`),
  backtest: (id: string, run: string) => read<BacktestDetail>(`${model(id)}/backtest/${encodeURIComponent(run)}`),
  adopted: (id: string) => read<Page<AdoptedLevel>>(`${model(id)}/baseline`),
  sources: (id: string) => read<Page<SourceRow>>(`${model(id)}/sources`),
  source: (id: string, origin: string) => read<SourceDetail>(`${model(id)}/sources/${encodeURIComponent(origin)}`),
  clusters: (id: string) => read<Page<SourceCluster>>(`${model(id)}/clusters`),
  triggers: (id: string) => read<Page<TriggerRow>>(`${model(id)}/triggers`),
  suspects: (id: string, filter: { kind?: string | null; origin?: string | null; cursor?: string | null } = {}) =>
    read<Page<SuspectItem>>(withQuery(`${model(id)}/suspects`, { ...filter })),
  ranked: (id: string, filter: { origin?: string | null } = {}) =>
    read<RankedSuspects>(withQuery(`${model(id)}/suspects/ranked`, { ...filter })),
  golden: (id: string) => read<Page<GoldenSetItem>>(`${model(id)}/golden`),
  feature: (id: string, name: string, range: Range = {}) =>
    read<FeatureDetail>(withQuery(`${model(id)}/features/${encodeURIComponent(name)}`, { ...range })),
  alerts: (filter: AlertFilter = {}) => read<Page<AlertItem>>(withQuery('/api/v1/alerts', { ...filter })),
  alert: (id: string) => read<AlertDetail>(`/api/v1/alerts/${encodeURIComponent(id)}`),
  incidents: (status?: string | null) => read<Page<IncidentItem>>(withQuery('/api/v1/incidents', { status })),
  incident: (id: string) => read<IncidentDetail>(`/api/v1/incidents/${encodeURIComponent(id)}`),
  tasks: (state?: string | null) => read<Page<TaskItem>>(withQuery('/api/v1/tasks', { state })),
  ingest: () => read<IngestStatus>('/api/v1/ingest'),
}
