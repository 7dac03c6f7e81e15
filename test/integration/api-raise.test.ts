import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alert, finding, incident, task, timeline } from '@/db/schema'
import { txOver } from '@/db/tx'
import { changeVerdict } from '@/lib/incident/change-verdict'
import { type ApiWorld, apiWorld, flip, shift } from './api-world'

let world: ApiWorld
let spam: number
beforeAll(async () => {
  world = await apiWorld()
  spam = await world.model('spam')
})
afterAll(() => world.close())
beforeEach(async () => {
  const { db } = world
  for (const table of [task, timeline, alert, finding, incident]) await db.delete(table)
})
const change = (over: object = {}) =>
  world.db.transaction((inner) =>
    changeVerdict(
      txOver(inner),
      {
        type: 'verdict',
        finding: 'f-0000000000000002',
        eventIndex: 4300,
        verdict: 'pipeline-bug',
        why: 'the unit changed',
        ...over,
      },
      { seq: 4300, modelKey: spam, now: new Date() },
    ),
  )

describe('raising a finding', () => {
  it('makes an alert, an incident, the tasks of the fitting playbook and a timeline', async () => {
    const now = new Date('2026-11-21T08:00:00Z')
    expect(await world.raise(flip(), spam, now)).toBe(true)
    const [one] = await world.db.select().from(alert)
    expect(one).toMatchObject({
      id: 'a-0000000000000001',
      state: 'firing',
      kind: 'poison.label_flip',
      logE: 14.2,
      threshold: 9.2,
    })
    const [opened] = await world.db.select().from(incident)
    expect(opened).toMatchObject({
      title: 'Labels flipped: vendor-7',
      playbook: 'label-flips',
      verdict: 'poisoning',
      openedAt: now,
    })
    const tasks = await world.tx.tasks.ofIncident('i-0000000000000001')
    expect(tasks.map((t) => t.step)).toEqual(
      ['quarantine', 'freeze', 'relabel', 'manifest', 'retrain', 'verify', 'audit-source'].map(
        (s) => `label-flips/${s}`,
      ),
    )
    expect(tasks[0]?.dueAt).toEqual(new Date('2026-11-21T08:30:00Z'))
    const entries = await world.tx.timeline.of('i-0000000000000001')
    expect(entries.map((e) => e.kind)).toEqual(['incident.opened', 'alert.raised', 'playbook.started'])
    expect(entries[1]).toMatchObject({ at: now, eventAt: new Date('2026-11-02T12:00:00Z') })
  })

  it('changes nothing when the same finding is raised again', async () => {
    await world.raise(flip(), spam)
    const before = await world.tx.timeline.of('i-0000000000000001')
    expect(await world.raise(flip({ why: 'said otherwise' }), spam)).toBe(false)
    expect(await world.tx.timeline.of('i-0000000000000001')).toEqual(before)
    expect(await world.db.select().from(alert)).toHaveLength(1)
    expect(await world.tx.tasks.ofIncident('i-0000000000000001')).toHaveLength(7)
  })

  it('joins findings of one cause: the worst verdict names the incident, and its playbook is added', async () => {
    const cause = 'i-00000000000000aa'
    await world.raise(shift({ incident: cause, onsetAt: '2026-11-02T09:00:00Z' }), spam)
    await world.raise(flip({ incident: cause }), spam)
    const joined = await world.tx.incidents.byId(cause)
    expect(joined).toMatchObject({
      title: 'Labels flipped: vendor-7',
      verdict: 'poisoning',
      severity: 'critical',
      playbook: 'label-flips',
      alerts: 2,
      tasks: 12,
      onsetAt: new Date('2026-11-02T09:00:00Z'),
    })
  })

  it('opens a resolved incident again when a further finding belongs to it', async () => {
    await world.raise(flip(), spam)
    await world.tx.incidents.update('i-0000000000000001', { state: 'resolved', resolvedAt: new Date() })
    await world.raise(flip({ id: 'f-0000000000000009' }), spam)
    expect(await world.tx.incidents.byId('i-0000000000000001')).toMatchObject({ state: 'open', resolvedAt: null })
    expect((await world.tx.timeline.of('i-0000000000000001')).map((e) => e.kind)).toContain('incident.reopened')
  })

  it('leaves nothing behind when the transaction of the batch fails', async () => {
    const failed = world.db.transaction(async (inner) => {
      const { raiseFinding } = await import('@/lib/incident/raise')
      await raiseFinding(txOver(inner), flip(), { seq: 1, modelKey: spam, now: new Date() })
      throw new Error('batch failed')
    })
    await expect(failed).rejects.toThrow('batch failed')
    expect(await world.db.select().from(incident)).toHaveLength(0)
  })
})

describe('changing a verdict', () => {
  it('changes the alert and its incident once, and starts the playbook that fits now', async () => {
    await world.raise(shift(), spam)
    expect(await change()).toBe(true)
    expect(await change()).toBe(false)
    const { tasks, verdict, playbook } = (await world.tx.incidents.byId('i-0000000000000002')) ?? {}
    expect({ tasks, verdict, playbook }).toEqual({ tasks: 5 + 6, verdict: 'pipeline-bug', playbook: 'pipeline-bug' })
    const kinds = (await world.tx.timeline.of('i-0000000000000002')).map((e) => e.kind)
    expect(kinds.filter((kind) => kind === 'verdict.changed')).toHaveLength(1)
  })
  it('does not take back what other alerts of the incident say', async () => {
    const cause = 'i-00000000000000bb'
    await world.raise(flip({ incident: cause }), spam)
    await world.raise(shift({ incident: cause }), spam)
    await change()
    expect(await world.tx.incidents.byId(cause)).toMatchObject({ verdict: 'poisoning', playbook: 'label-flips' })
  })
  it('refuses a verdict about a finding that was never raised', async () => {
    await expect(change({ finding: 'f-none' })).rejects.toThrow(/no such finding/)
  })
})
