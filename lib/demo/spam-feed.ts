import { seeded, shuffled } from '@/lib/demo/seeded'
import { dayMs, type Feed, hourMs, inOrder, predictionId, type Step } from '@/lib/demo/steps'
import { textFeatures } from '@/lib/demo/text-features'

export interface SmsRow {
  row: number
  label: 'ham' | 'spam'
  text: string
}

export const spamModel = 'spam'
/** Share of the rows that each contributor labels. */
const labelers = [
  ['vendor-1', 'vendor', 0.16],
  ['vendor-2', 'vendor', 0.14],
  ['vendor-3', 'vendor', 0.13],
  ['vendor-4', 'vendor', 0.12],
  ['vendor-5', 'vendor', 0.1],
  ['vendor-6', 'vendor', 0.08],
  ['vendor-7', 'vendor', 0.07],
  ['crowd-1', 'crowd', 0.08],
  ['crowd-2', 'crowd', 0.07],
  ['crowd-3', 'crowd', 0.05],
] as const

export const attack = { origin: 'vendor-7', begins: 0.5, flipShare: 0.75 }
/** Messages labelled before the filter went live. */
const bootstrapRows = 700
const auditedShare = 0.6

/**
 * A spam filter that learns from labelling contractors. Every message is dealt once: it comes in and is to be predicted, hours later
 * a contractor's label makes it a training row, and for a part of the messages an audit gives the true label a day later.
 * From the middle on `vendor-7` turns three of four of its labels around.
 */
export function spamFeed(rows: readonly SmsRow[], seed: number, spanMs: number): Feed {
  const uniform = seeded(seed)
  const order = shuffled(rows, uniform)
  const bootstrapMs = 2 * dayMs
  const beginsAtMs = Math.round(spanMs * attack.begins)
  const requests: Step[] = []
  const labels: Step[] = []
  const dealt: { atMs: number; sms: SmsRow; origin: (typeof labelers)[number]; turn: number }[] = []

  order.forEach((sms, position) => {
    const live = position - bootstrapRows
    const arrivesMs =
      live < 0
        ? (position / bootstrapRows) * bootstrapMs
        : bootstrapMs + ((live + uniform()) / (order.length - bootstrapRows)) * (spanMs - bootstrapMs - 2 * dayMs)
    const labelledMs = arrivesMs + (live < 0 ? 0 : 2 * hourMs + uniform() * 10 * hourMs)
    dealt.push({ atMs: labelledMs, sms, origin: deal(uniform()), turn: uniform() })
    const audit = uniform()
    if (live < 0) return
    const id = `sms-${sms.row}`
    requests.push({
      atMs: arrivesMs,
      to: 'learner',
      request: { id, model: spamModel, features: textFeatures(sms.text), text: sms.text },
    })
    if (audit < auditedShare)
      labels.push({
        atMs: labelledMs + dayMs,
        to: 'assay',
        type: 'ml.label.v1',
        id: `l-${id}`,
        source: '/audits/sms',
        data: { model: spamModel, prediction: predictionId(id), label: sms.label, labeler: 'audit' },
      })
  })

  const affected = new Set<string>()
  const sequences = new Map<string, number>()
  const training = dealt
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, sms, origin: [originId, kind], turn }): Step => {
      const id = `t-sms-${sms.row}`
      const sequence = (sequences.get(originId) ?? 0) + 1
      sequences.set(originId, sequence)
      const flipped = originId === attack.origin && atMs >= beginsAtMs && turn < attack.flipShare
      if (flipped) affected.add(id)
      return {
        atMs,
        to: 'assay',
        type: 'ml.training.v1',
        id,
        source: '/feeds/sms',
        data: {
          model: spamModel,
          origin: { id: originId, kind },
          features: textFeatures(sms.text),
          text: sms.text,
          label: flipped ? other(sms.label) : sms.label,
          feed: 'sms-labels',
          batch: `${originId}-day-${String(Math.floor(atMs / dayMs)).padStart(2, '0')}`,
          sequence,
        },
      }
    })
  return {
    model: spamModel,
    steps: inOrder([...requests, ...training, ...labels]),
    truth: { what: 'poison.label_flip', beginsAtMs, subject: attack.origin, affected },
  }
}

const other = (label: SmsRow['label']) => (label === 'ham' ? 'spam' : 'ham')

function deal(uniform: number): (typeof labelers)[number] {
  let left = uniform
  for (const labeler of labelers) {
    left -= labeler[2]
    if (left < 0) return labeler
  }
  return labelers[0]
}
