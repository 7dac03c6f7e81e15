import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { noteAccusation, startAccusedRows, suspicionOf } from '@/lib/detect/poison/accused-rows'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { type LearnerState, startLearner } from '@/lib/learn/witness'
import { flipStream, turn } from '@/test/fixture/flip-stream'
import { contextOf } from '@/test/fixture/watch-rows'

const mass = 1 / 200_000
const init = { config: {}, golden: [] }
const context = (learner?: LearnerState) => contextOf(mass, {}, learner)

function watch(rows: ReturnType<typeof flipStream>, size = 1, ctx = context()) {
  let state = labelFlip.init(labelFlip.params, ctx)
  const alarms: Alarm[] = []
  const scores: number[] = []
  const accused = startAccusedRows()
  for (let at = 0; at < rows.length; at += size) {
    const step = labelFlip.update(state, rows.slice(at, at + size), ctx)
    state = step.state
    alarms.push(...step.alarms)
    // As the monitor does, where rows come one by one.
    for (const alarm of step.alarms) noteAccusation(accused, alarm)
    for (const { suspicion } of step.scores ?? [])
      scores.push(
        size === 1 ? suspicionOf(accused, suspicion, rows[at] as (typeof rows)[number], ctx.learner) : suspicion,
      )
  }
  return { state, alarms, scores }
}

const attacked = flipStream('attack', 4000, 8, (row) =>
  row.origin === 'vendor-3' && row.index >= 1500 ? { label: turn(row.label) } : {},
)

describe('label flips by one of eight sources from line 1500 on', () => {
  const { alarms, scores, state } = watch(attacked)

  it('names it, once, and nobody else', () => {
    expect(alarms.map((alarm) => [alarm.unit, alarm.eventIndex, alarm.onsetIndex])).toEqual([
      ['origin=vendor-3', 1554, 1503],
    ])
    const [alarm] = alarms as [Alarm]
    expect(alarm).toMatchObject({ kind: 'poison.label_flip', verdict: 'poisoning', severity: 'critical' })
    expect(alarm.logE).toBeGreaterThanOrEqual(alarm.threshold)
    expect(alarm.onsetTimeMs).toBe(1000 * alarm.onsetIndex)
    // The onset is its first row after line 1500.
    expect(attacked.find((row) => row.index >= 1500 && row.event.data.origin.id === 'vendor-3')?.index).toBe(1503)
    expect(alarm.why).toBe('vendor-3 labels 100 % of its rows against the model, 19 % elsewhere')
  })

  it('hands over its rows since the onset, worst first, all its own', () => {
    const ids = alarms[0]?.subject.eventIds ?? []
    expect(ids.length).toBeGreaterThan(5)
    for (const id of ids) {
      const row = attacked[Number(id.slice(2))]
      expect(row?.event.data.origin.id).toBe('vendor-3')
      expect(row?.index).toBeGreaterThanOrEqual(1500)
    }
  })

  it('scores its later rows above those of others', () => {
    const mean = (of: boolean) => {
      const chosen = attacked.filter((row) => row.index > 2000 && (row.event.data.origin.id === 'vendor-3') === of)
      return chosen.reduce((sum, row) => sum + (scores[row.index] as number), 0) / chosen.length
    }
    expect(mean(true)).toBeGreaterThan(0.8)
    expect(mean(false)).toBeLessThan(0.15)
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...scores)).toBeLessThanOrEqual(1)
  })

  it('shows where every source stands, the accused one first', () => {
    const sources = labelFlip.sources?.(state, 10) ?? []
    expect(sources.map((source) => source.state)).toEqual(['poisoning', ...Array(7).fill('ok')])
    expect(sources[0]?.origin).toBe('vendor-3')
    expect(labelFlip.standing(state, 3)).toHaveLength(3)
    const rows = sources.reduce((sum, source) => sum + source.rows, 0)
    expect(rows).toBeLessThanOrEqual(4000 - labelFlip.minSample)
  })

  it('says the same of any batches, and after a clone of its state in the middle', () => {
    expect(watch(attacked, 97).alarms).toEqual(alarms)
    const learner = startLearner(init)
    const before = context(learner)
    const half = watch(attacked.slice(0, 1510), 1, before)
    before.learner.settle()
    const rest = structuredClone(half.state)
    const ctx = context(structuredClone(learner))
    const after: Alarm[] = []
    for (const row of attacked.slice(1510)) after.push(...labelFlip.update(rest, [row], ctx).alarms)
    expect(after).toEqual(alarms)
  })

  it('lets rows of an origin accused elsewhere neither teach nor testify', () => {
    const ctx = context()
    ctx.learner.distrust({ origin: 'vendor-3' })
    const seen = watch(attacked, 1, ctx)
    expect(seen.alarms).toEqual([])
    expect(seen.state.origins.byId.get('vendor-3')?.rows).toBe(0)
  })
})

describe('other attacks', () => {
  it('a third of the labels, turned by a source that was careful before', () => {
    const rows = flipStream('partial', 8000, 8, (row, u) =>
      row.origin === 'vendor-5' && row.index >= 3000 && u < 0.35 ? { label: turn(row.label) } : {},
    )
    const { alarms } = watch(rows)
    expect(alarms.map((alarm) => alarm.subject.origin)).toEqual(['vendor-5'])
  })

  it('one class turned, by a source that does it from its first row on', () => {
    const rows = flipStream('birth', 5000, 10, (row) => (row.origin === 'vendor-1' ? { label: 'approve' } : {}))
    const { alarms } = watch(rows)
    expect(alarms.map((alarm) => [alarm.subject.origin, alarm.subject.label])).toEqual([['vendor-1', 'approve']])
  })

  it('a labeler who works for every source', () => {
    const rows = flipStream('labeler', 5000, 5, (row, u) => {
      const labeler = `w${Math.floor(u * 8)}`
      return labeler === 'w2' && row.index > 2000 ? { labeler, label: turn(row.label) } : { labeler }
    })
    const { alarms } = watch(rows)
    expect(alarms.map((alarm) => alarm.subject.labeler ?? alarm.subject.origin)).toEqual(['w2'])
  })

  it('two sources at once, with nobody else', () => {
    const rows = flipStream('two', 5000, 8, (row) =>
      (row.origin === 'vendor-1' || row.origin === 'vendor-6') && row.index > 2000 ? { label: turn(row.label) } : {},
    )
    expect(
      watch(rows)
        .alarms.map((alarm) => alarm.subject.origin)
        .sort(),
    ).toEqual(['vendor-1', 'vendor-6'])
  })
})
