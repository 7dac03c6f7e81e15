import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** Next compiles each route apart: what counts across them is kept where all find it. */
const key = Symbol.for('assay.metrics')
const store = globalThis as { [key]?: ReturnType<typeof make> }

function make() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'assay_web_' })
  const registers = [registry]
  return {
    registry,
    httpRequests: new Counter({
      name: 'assay_http_requests_total',
      help: 'API requests answered',
      labelNames: ['method', 'status'] as const,
      registers,
    }),
    streams: new Gauge({ name: 'assay_streams_open', help: 'Open streams of hints', registers }),
    accepted: new Gauge({ name: 'assay_events_accepted', help: 'Events stored, over all models', registers }),
    deadLetters: new Gauge({ name: 'assay_dead_letters', help: 'Refused messages kept', registers }),
    openAlerts: new Gauge({
      name: 'assay_alerts_open',
      help: 'Alerts that are not resolved',
      labelNames: ['kind'] as const,
      registers,
    }),
    openIncidents: new Gauge({ name: 'assay_incidents_open', help: 'Open incidents', registers }),
    heartbeatAge: new Gauge({
      name: 'assay_worker_heartbeat_age_seconds',
      help: 'Since the latest sign of life of any worker',
      registers,
    }),
    batchAge: new Gauge({ name: 'assay_ingest_age_seconds', help: 'Since any partition was last read on', registers }),
  }
}

store[key] ??= make()
export const metrics = store[key]
export const { httpRequests } = metrics
