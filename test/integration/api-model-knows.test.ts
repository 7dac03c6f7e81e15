import { afterAll, beforeAll, expect, it } from 'vitest'
import { heatMap, performance as performanceSchema, segmentBreakdown } from '@/app/api/_openapi/model-schemas'
import { GET as listBacktests, POST as startBacktest } from '@/app/api/v1/models/[id]/backtest/route'
import { GET as drift } from '@/app/api/v1/models/[id]/drift/route'
import { GET as performance } from '@/app/api/v1/models/[id]/performance/route'
import { GET as segments } from '@/app/api/v1/models/[id]/segments/route'
import { baseline, evidenceSample, model as modelTable, windowSketch } from '@/db/schema'
import { encodeSketches } from '@/db/sketch-codec'
import { addValue, emptySketch, type SketchSet } from '@/lib/stats/sketch'
import { type ApiWorld, apiWorld, call, shift } from './api-world'

let world: ApiWorld
let token: string
const hour = 3_600_000
const start = Date.parse('2026-11-02T00:00:00Z')
const at = (h: number) => new Date(start + h * hour)

/** `temp` around a centre, and `wind` that does not move; a share of temp is missing. */
function sketches(rows: number, centre: number, missing = 0): SketchSet {
  const set: SketchSet = new Map([
    ['temp', emptySketch()],
    ['wind', emptySketch()],
  ])
  for (let i = 0; i < rows; i++) {
    addValue(set.get('temp') as never, i < rows * missing ? null : centre + (i % 21) / 2)
    addValue(set.get('wind') as never, i % 13)
  }
  return set
}

beforeAll(async () => {
  world = await apiWorld()
  const key = await world.model('spam')
  token = await world.token(['read'])
  await world.db.insert(baseline).values({
    modelKey: key,
    stream: 'prediction',
    seq: 2000,
    at: at(0),
    rows: 2000,
    sketches: encodeSketches(sketches(2000, 20)),
    adoptedBy: 'assay',
  })
  // Ten hours: the temperature jumps at six, a fifth of it is missing at eight; every hour in two batches.
  for (let h = 0; h < 10; h++) {
    for (const rows of [60, 40]) {
      const set = sketches(rows, h >= 6 ? 40 : 20, h >= 8 ? 0.2 : 0)
      const row = { modelKey: key, windowAt: at(h), rows, sketches: encodeSketches(set) }
      await world.db.insert(windowSketch).values({ ...row, stream: 'prediction' })
    }
    await world.db.insert(windowSketch).values({
      modelKey: key,
      windowAt: at(h),
      stream: 'label',
      rows: 50,
      labelled: h === 9 ? 0 : 50,
      errors: h >= 6 ? 20 : 5,
      sketches: encodeSketches(new Map()),
    })
    const sample = { modelKey: key, seq: 1000 + h, at: at(h + 0.5), threshold: 9, effect: 0, n: 100 }
    await world.db.insert(evidenceSample).values([
      { ...sample, kind: 'drift.feature', unit: 'feature=temp', subject: { feature: 'temp' }, logE: h >= 6 ? 9 : 0 },
      { ...sample, kind: 'quality.swap', unit: 'pair', subject: { features: ['wind', 'temp'] }, logE: 9 - Math.LN10 },
      {
        ...sample,
        kind: 'drift.performance',
        unit: 'estimated',
        subject: {},
        logE: 0,
        estimate: {
          estimated: 0.1 + h / 100,
          low: 0.09,
          high: 0.3,
          baseline: 0.1,
          unit: 'error-rate',
          calibrated: true,
        },
      },
    ])
  }
  await world.raise(shift({ onsetAt: at(6.2).toISOString(), firedAt: at(7).toISOString() }), key)
})
afterAll(() => world.close())
const range = `?from=${at(0).toISOString()}&to=${at(9.99).toISOString()}`

it('says of each feature and window the effect, the evidence, the missing rate, the rows and what is held of it', async () => {
  const { status, json } = await call(drift, { token, params: { id: 'spam' }, query: range })
  expect(status).toBe(200)
  expect(heatMap.parse(json)).toEqual(json)
  expect(json.windows).toEqual(Array.from({ length: 10 }, (_, h) => at(h).toISOString()))
  const [temp, wind] = json.features
  expect([temp.name, wind.name]).toEqual(['temp', 'wind'])
  expect(temp.effects.map((effect: number) => (effect > 0.9 ? 'far' : effect < 0.05 ? 'near' : effect))).toEqual([
    ...Array(6).fill('near'),
    ...Array(4).fill('far'),
  ])
  // Its own unit alarms at 1; the pair that it shares is at half, and is all the evidence there is about wind.
  expect(temp.evidence).toEqual([...Array(6).fill(0.5), ...Array(4).fill(1)])
  expect(wind.evidence).toEqual(Array(10).fill(0.5))
  expect(temp.missingBy.slice(6)).toEqual([0, 0, 0.2, 0.2])
  expect(temp.n).toEqual([100, 100, 100, 100, 100, 100, 100, 100, 80, 80])
  expect(temp.verdicts).toEqual([...Array(6).fill('watch'), ...Array(4).fill('benign-shift')])
  expect(wind.verdicts).toEqual(Array(10).fill('watch'))
  expect([temp.alertId, wind.alertId]).toEqual(['a-0000000000000002', null])
  expect([temp.missingBefore, temp.missing]).toEqual([0, 0.04])
})

it('merges windows where there are more than a screen shows, and loses no row', async () => {
  const query = `?from=${new Date(start - 200 * hour).toISOString()}&to=${at(9.99).toISOString()}`
  const { json } = await call(drift, { token, params: { id: 'spam' }, query })
  expect(json.windowMs).toBe(4 * hour)
  const rows = (n: number[]) => n.reduce((a, b) => a + b)
  expect(rows(json.features[1].n)).toBe(1000)
  // Merged windows are kept; rows that come later to one of them are seen all the same.
  const [model] = await world.db.select().from(modelTable)
  await world.db.insert(windowSketch).values({
    modelKey: model?.key ?? 0,
    windowAt: at(1),
    stream: 'prediction',
    rows: 7,
    sketches: encodeSketches(sketches(7, 20)),
  })
  const again = await call(drift, { token, params: { id: 'spam' }, query })
  expect(rows(again.json.features[1].n)).toBe(1007)
})

it('tells the realised error by window with its interval, and the estimated one beside it', async () => {
  const { json } = await call(performance, { token, params: { id: 'spam' }, query: range })
  // No label has come for the last hour. Wilson's interval of 5 in 50, of 20 in 50: .043–.214, .276–.538.
  expect(json.realised).toHaveLength(9)
  expect(json.realised[0]).toMatchObject({ at: at(0).toISOString(), value: 0.1, n: 50 })
  expect([json.realised[0].low, json.realised[0].high].map((x: number) => x.toFixed(3))).toEqual(['0.043', '0.214'])
  expect([json.realised[6].low, json.realised[6].high].map((x: number) => x.toFixed(3))).toEqual(['0.276', '0.538'])
  expect(json.estimated).toHaveLength(10)
  expect(json.estimated[9]).toEqual({ at: at(9).toISOString(), value: 0.19, low: 0.09, high: 0.3 })
  expect(json).toMatchObject({ unit: 'error-rate', calibrated: true })
  expect(performanceSchema.parse(json)).toEqual(json)
})

it('says that no row carries a segment, and that a feature is not known', async () => {
  const none = await call(segments, { token, params: { id: 'spam' }, query: range })
  expect(segmentBreakdown.parse(none.json)).toEqual(none.json)
  expect(none.json).toMatchObject({ baselineRows: 0, rangeRows: 0, keys: [], moved: null })
  expect((await call(segments, { token, params: { id: 'spam' }, query: '?feature=nothing' })).status).toBe(404)
})

it('starts a backtest for who may act, where there is a past', async () => {
  const params = { id: 'spam' }
  expect((await call(startBacktest, { token, params, body: {} })).status).toBe(403)
  const act = await world.token(['read', 'act'])
  expect((await call(startBacktest, { token: act, params: { id: 'nobody' }, body: {} })).status).toBe(404)
  const unknown = await call(startBacktest, { token: act, params, body: { config: { budget: { perDays: -1 } } } })
  expect(unknown.status).toBe(400)
  const later = await call(startBacktest, {
    token: act,
    params,
    body: { from: '2026-12-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
  })
  expect(later.status).toBe(400)
  expect((await call(listBacktests, { token, params })).json.items).toEqual([])
})
