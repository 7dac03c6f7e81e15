import type { Finding } from '@/lib/alert/finding'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { iso, until } from './time'

/** Predictions of `shop`, a minute apart, each with its label; from `shopOnset` on the amounts of one region are another's. */
export const shopRows = 3000
export const shopOnset = 2400
const stepMs = 60_000
const timeOf = (row: number) => until - (shopRows - row) * stepMs
const regions = ['north', 'south', 'west']

/** As a producer would send them: features, scores and a segment with each prediction. */
export function shopLines(): string {
  const uniform = (key: string, n: number) => hashUniform(`shop/${key}`, n)
  const lines: string[] = []
  const add = (id: string, type: string, row: number, data: object) =>
    lines.push(JSON.stringify({ specversion: '1.0', id, source: '/shop', type, time: iso(timeOf(row)), data }))
  for (let row = 0; row < shopRows; row++) {
    const region = regions[Math.floor(uniform('region', row) * 3)] as string
    const moved = row >= shopOnset && region === 'south'
    const amount = Number((20 + 30 * uniform('amount', row) + (moved ? 25 : 0)).toFixed(2))
    const plan = uniform('plan', row) < 0.7 ? 'basic' : 'pro'
    const p = Number((0.05 + 0.9 * uniform('score', row)).toFixed(3))
    const prediction = p > 0.5 ? 'buys' : 'leaves'
    const features = {
      amount,
      plan,
      ...(uniform('missing', row) < 0.05 ? {} : { visits: Math.floor(8 * uniform('visits', row)) }),
    }
    const segment = { region, channel: uniform('channel', row) < 0.5 ? 'web' : 'app' }
    const scores = { leaves: Number((1 - p).toFixed(3)), buys: p }
    add(`s-${row}`, 'ml.prediction.v1', row, { model: 'shop', version: 'v1', features, prediction, scores, segment })
    const label = uniform('truth', row) < p ? 'buys' : 'leaves'
    add(`sl-${row}`, 'ml.label.v1', row, { model: 'shop', prediction: `s-${row}`, label })
  }
  return lines.join('\n')
}

/** One region's amounts moved: what a detector of segments would say. */
export const regional = (over: Partial<Finding> = {}): Finding => ({
  type: 'finding',
  id: 'f-region',
  eventIndex: 5200,
  model: 'shop',
  kind: 'drift.feature',
  severity: 'warning',
  incident: 'i-region',
  subject: { feature: 'amount', segment: { region: 'south' } },
  onsetIndex: 2 * shopOnset,
  onsetAt: iso(timeOf(shopOnset)),
  firedAt: iso(timeOf(shopOnset + 180)),
  evidence: { logE: 11.4, threshold: 9.2, effect: 2.9, n: 61 },
  effectUnit: 'σ',
  verdict: 'benign-shift',
  why: 'amount rose in region south: mean 35.0 → 60.1 (+2.9 σ), the other regions stand still',
  test: 'One segment alone moved, by a shift that no unit factor explains; all sources of it show it alike.',
  comparison: {
    bins: [20, 30, 40, 50, 60, 70],
    reference: [0.33, 0.33, 0.33, 0.01, 0, 0],
    current: [0, 0, 0.17, 0.33, 0.33, 0.17],
    unit: 'numeric',
  },
  ...over,
})
