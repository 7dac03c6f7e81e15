import { z } from 'zod'
import { setPasswordInput } from '@/lib/access/set-password'
import type { Scope } from '@/lib/access/verbs'
import { acknowledgeInput } from '@/lib/alert/acknowledge'
import { assignInput } from '@/lib/alert/assign'
import { alertListInput } from '@/lib/alert/list'
import { resolveInput } from '@/lib/alert/resolve'
import { snoozeInput } from '@/lib/alert/snooze'
import { undoAlertInput } from '@/lib/alert/undo'
import { backtestInput } from '@/lib/backtest/start'
import { adoptBody } from '@/lib/baseline/adopt'
import { incidentListInput } from '@/lib/incident/list'
import { noteInput } from '@/lib/incident/note'
import { resolveIncidentInput } from '@/lib/incident/resolve'
import { segmentsInput } from '@/lib/model/segments'
import { suspectsInput } from '@/lib/model/suspects'
import { rangeInput } from '@/lib/model/time-range'
import { auditSourceBody } from '@/lib/source/audit'
import { checkBody } from '@/lib/source/check'
import { rankSuspectsInput } from '@/lib/suspect/rank'
import { assignTaskInput } from '@/lib/task/assign'
import { completeTaskInput } from '@/lib/task/complete'
import { taskListInput } from '@/lib/task/list'
import { skipTaskInput } from '@/lib/task/skip'
import { startTaskInput } from '@/lib/task/start'
import { undoTaskInput } from '@/lib/task/undo'
import { adopted, adoptedPage, alertDetail, alertItem, alertPage } from './alert-schemas'
import { backtestDetail, backtestPage } from './backtest-schemas'
import {
  dossier,
  incidentDetail,
  incidentPage,
  ingestStatus,
  playbookPage,
  taskItem,
  taskPage,
} from './incident-schemas'
import {
  configured,
  featureDetail,
  heatMap,
  modelConfig,
  modelDetail,
  modelPage,
  performance,
  segmentBreakdown,
  versionPage,
} from './model-schemas'
import { named } from './named'
import {
  clusterPage,
  gateCheck,
  goldenPage,
  goldenSet,
  rankedSuspects,
  sourceDetail,
  sourcePage,
  suspectPage,
} from './source-schemas'
import { triggerPage } from './trigger-schemas'

export interface Operation {
  readonly method: 'get' | 'post' | 'put'
  /** Below /api/v1, with {parts}. */
  readonly path: string
  readonly summary: string
  /** Null: open to everyone. */
  readonly scope: Scope | null
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** Media types of a body that is no JSON object. */
  readonly bodyTypes?: readonly string[]
  readonly answer?: z.ZodType
  readonly answerType?: string
  readonly status?: number
  /** Agreed on, not built: answers 501. */
  readonly planned?: boolean
}

const ingested = named(
  'Ingested',
  z.object({ accepted: z.number(), rejected: z.array(z.object({ index: z.number(), reason: z.string() })) }),
)
const get = (path: string, summary: string, answer: z.ZodType, query?: z.ZodObject): Operation => ({
  method: 'get',
  path,
  summary,
  scope: 'read',
  answer,
  ...(query ? { query } : {}),
})
const act = (path: string, summary: string, body: z.ZodType, answer: z.ZodType): Operation => ({
  method: 'post',
  path,
  summary,
  scope: 'act',
  body,
  answer,
})
const planned = (method: Operation['method'], path: string, summary: string, scope: Scope): Operation => ({
  method,
  path,
  summary,
  scope,
  planned: true,
})

/** Every call of the API. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/events',
    scope: 'ingest',
    status: 202,
    answer: ingested,
    summary: 'Takes events in, and answers after the accepted ones are durable; at most 32 MiB, 1 MiB an event',
    bodyTypes: ['application/x-ndjson', 'application/json'],
  },
  get('/models', 'All models, worst first', modelPage, rangeInput),
  get('/models/{id}', 'One model', modelDetail, rangeInput),
  {
    method: 'put',
    path: '/models/{id}',
    summary: 'Sets the configuration of a model',
    scope: 'admin',
    body: modelConfig,
    answer: configured,
  },
  get('/models/{id}/drift', 'Per feature and window: how far from the baseline', heatMap, rangeInput),
  get(
    '/models/{id}/features/{feature}',
    'One feature: reference against current, quantiles over time',
    featureDetail,
    rangeInput,
  ),
  get(
    '/models/{id}/segments',
    'Who carries a movement: segments then and now, and the part of each in how far a feature moved',
    segmentBreakdown,
    segmentsInput.omit({ id: true }),
  ),
  get('/models/{id}/performance', 'How often the model was wrong: realised and estimated', performance, rangeInput),
  get('/models/{id}/backtest', 'The latest backtests of a model, newest first', backtestPage),
  {
    method: 'post',
    path: '/models/{id}/backtest',
    summary:
      'Starts a configuration over a stored past; one at a time a model. Nothing that it raises becomes an alert',
    scope: 'act',
    status: 202,
    body: backtestInput.omit({ id: true }),
    answer: backtestDetail,
  },
  get('/models/{id}/backtest/{run}', 'One backtest: how far it is, then what it came to', backtestDetail),
  {
    method: 'post',
    path: '/models/{id}/backtest/{run}/cancel',
    summary: 'Ends a backtest that is running',
    scope: 'act',
    answer: backtestDetail,
  },
  get('/models/{id}/baseline', 'Levels that were adopted as normal, newest first', adoptedPage),
  {
    method: 'post',
    path: '/models/{id}/baseline',
    summary: 'Adopts a new level: of what an alert is about since its onset, or of a range for the whole model',
    scope: 'act',
    body: adoptBody,
    answer: adopted,
  },
  {
    method: 'post',
    path: '/models/{id}/baseline/{decision}/withdraw',
    summary: 'Takes an adopted level back',
    scope: 'act',
    answer: adopted,
  },
  get('/models/{id}/sources', 'Who feeds a model, worst first', sourcePage),
  get('/models/{id}/sources/{origin}', 'One source: trust, caps, what the model would be without it', sourceDetail),
  act(
    '/models/{id}/sources/{origin}/audits',
    'Says how many rows of a source were looked at and right',
    auditSourceBody,
    sourceDetail,
  ),
  get('/models/{id}/clusters', 'Sources that look like one hand, and are judged as one', clusterPage),
  {
    ...act(
      '/models/{id}/gate/check',
      'Would these rows be let in? Says why not; changes nothing',
      checkBody,
      gateCheck,
    ),
    scope: 'read',
  },
  get('/models/{id}/triggers', 'Patterns accused of being a trigger, and what each does to a learner', triggerPage),
  get('/models/{id}/golden', 'Trusted sets: what counts, what waits for a second person', goldenPage),
  {
    method: 'put',
    path: '/models/{id}/golden',
    summary: 'Proposes a trusted set: hashed and audited; it counts once a second person approves it. At most 32 MiB',
    scope: 'act',
    query: z.object({ note: z.string().optional() }),
    bodyTypes: ['application/x-ndjson'],
    answer: goldenSet,
  },
  {
    method: 'post',
    path: '/models/{id}/golden/{set}/approve',
    summary: 'Approves a trusted set, as a second person',
    scope: 'act',
    answer: goldenSet,
  },
  {
    method: 'post',
    path: '/models/{id}/golden/{set}/reject',
    summary: 'Turns a proposed trusted set down',
    scope: 'act',
    answer: goldenSet,
  },
  get('/models/{id}/versions', 'What a model has published, newest first', versionPage),
  get(
    '/models/{id}/suspects',
    'Records that alerts implicate, then those that looked suspicious when they came',
    suspectPage,
    suspectsInput.omit({ id: true }),
  ),
  get(
    '/models/{id}/suspects/ranked',
    'The latest training rows ranked again, looking back: with what came after them known too',
    rankedSuspects,
    rankSuspectsInput.omit({ id: true }).extend({ format: z.enum(['json', 'csv']).default('json') }),
  ),
  get('/alerts', 'Alerts, newest first', alertPage, alertListInput),
  get('/alerts/{id}', 'One alert, with the records behind it', alertDetail),
  act('/alerts/{id}/acknowledge', 'Takes an alert on', acknowledgeInput.omit({ alertId: true }), alertItem),
  act('/alerts/{id}/assign', 'Gives an alert an owner', assignInput.omit({ alertId: true }), alertItem),
  act('/alerts/{id}/snooze', 'Lets an alert rest, at most 30 days', snoozeInput.omit({ alertId: true }), alertItem),
  act('/alerts/{id}/resolve', 'Closes an alert', resolveInput.omit({ alertId: true }), alertItem),
  act(
    '/alerts/{id}/undo',
    'Takes back what was done to an alert: it fires again',
    undoAlertInput.omit({ alertId: true }),
    alertItem,
  ),
  get('/incidents', 'Incidents, newest first', incidentPage, incidentListInput),
  get('/incidents/{id}', 'One incident: alerts, timeline, tasks', incidentDetail),
  act('/incidents/{id}/notes', 'Writes a note into the timeline', noteInput.omit({ id: true }), incidentDetail),
  act(
    '/incidents/{id}/resolve',
    'Closes an incident and its alerts',
    resolveIncidentInput.omit({ id: true }),
    incidentDetail,
  ),
  get('/incidents/{id}/dossier.json', 'An incident on paper', dossier),
  {
    method: 'get',
    path: '/incidents/{id}/dossier.md',
    summary: 'An incident on paper, as Markdown',
    scope: 'read',
    answerType: 'text/markdown',
  },
  get('/tasks', 'Tasks, the one due first at the top', taskPage, taskListInput),
  act('/tasks/{id}/assign', 'Gives a task an owner', assignTaskInput.omit({ taskId: true }), taskItem),
  act('/tasks/{id}/start', 'Takes a task up', startTaskInput.omit({ taskId: true }), taskItem),
  act(
    '/tasks/{id}/complete',
    'Says that a task is done, and what proves it',
    completeTaskInput.omit({ taskId: true }),
    taskItem,
  ),
  act('/tasks/{id}/skip', 'Leaves a task out, with a reason', skipTaskInput.omit({ taskId: true }), taskItem),
  act('/tasks/{id}/undo', 'Puts a task back to be done', undoTaskInput.omit({ taskId: true }), taskItem),
  get('/playbooks', 'The playbooks that are shipped', playbookPage),
  get('/ingest', 'How events come in, and what was refused', ingestStatus),
  get(
    '/me',
    'Who the caller is',
    z.object({ kind: z.string(), id: z.string(), name: z.string(), models: z.array(z.string()).nullable() }),
  ),
  {
    method: 'post',
    path: '/me/password',
    summary: "Sets the signed-in person's password, and ends their sessions",
    scope: 'read',
    body: setPasswordInput,
    answer: z.object({ saved: z.boolean() }),
  },
  {
    method: 'get',
    path: '/stream',
    summary: 'Server-sent hints of what may have changed',
    scope: 'read',
    answerType: 'text/event-stream',
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Prometheus exposition; also at /metrics',
    scope: null,
    answerType: 'text/plain',
  },
  { method: 'get', path: '/healthz', summary: 'The process answers; also at /healthz', scope: null },
  { method: 'get', path: '/readyz', summary: 'Database, schema and worker; also at /readyz', scope: null },
  planned('get', '/models/{id}/triggers', 'Mined triggers', 'read'),
  planned('post', '/models/{id}/quarantine', 'Proposes to hold rows back', 'act'),
  planned('post', '/models/{id}/freeze', 'Proposes to stop learning', 'act'),
  planned('post', '/models/{id}/rollback', 'Proposes an earlier version', 'act'),
  planned('get', '/models/{id}/manifest', 'The exclusion manifest', 'read'),
  planned('post', '/incidents', 'Opens an incident by hand', 'act'),
  planned('post', '/tasks', 'Adds a task by hand', 'act'),
  planned('post', '/playbooks', 'Adds a playbook', 'admin'),
  planned('get', '/silences', 'Silences', 'read'),
  planned('post', '/silences', 'Silences alerts for a time', 'act'),
]
