import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  dossier,
  incidentDetail,
  incidentPage,
  playbookPage,
  taskItem,
  taskPage,
} from '@/app/api/_openapi/incident-schemas'
import { POST as undoAlert } from '@/app/api/v1/alerts/[id]/undo/route'
import { GET as dossierJson } from '@/app/api/v1/incidents/[id]/dossier.json/route'
import { GET as dossierMd } from '@/app/api/v1/incidents/[id]/dossier.md/route'
import { POST as note } from '@/app/api/v1/incidents/[id]/notes/route'
import { POST as resolve } from '@/app/api/v1/incidents/[id]/resolve/route'
import { GET as read } from '@/app/api/v1/incidents/[id]/route'
import { GET as list } from '@/app/api/v1/incidents/route'
import { GET as playbooks } from '@/app/api/v1/playbooks/route'
import { POST as assign } from '@/app/api/v1/tasks/[id]/assign/route'
import { POST as complete } from '@/app/api/v1/tasks/[id]/complete/route'
import { POST as skip } from '@/app/api/v1/tasks/[id]/skip/route'
import { POST as start } from '@/app/api/v1/tasks/[id]/start/route'
import { POST as undo } from '@/app/api/v1/tasks/[id]/undo/route'
import { GET as tasks } from '@/app/api/v1/tasks/route'
import { audit } from '@/db/schema'
import { type ApiWorld, apiWorld, call, flip, shift } from './api-world'

let world: ApiWorld
let actor: string
let reader: string
const params = { id: 'i-0000000000000001' }
const task = (step: string) => ({ id: `t-0000000000000001-label-flips-${step}` })
beforeAll(async () => {
  world = await apiWorld()
  const spam = await world.model('spam')
  actor = await world.token(['read', 'act'])
  reader = await world.token(['read'])
  await world.raise(
    flip({ why: 'vendor-7 | <script>alert(1)</script> # flips' }),
    spam,
    new Date('2026-11-21T08:00:00Z'),
  )
  await world.raise(shift(), spam, new Date('2026-11-21T08:01:00Z'))
})
afterAll(() => world.close())

describe('tasks', () => {
  it('are listed by due time', async () => {
    const { json } = await call(tasks, { token: reader, query: '?state=open&limit=5' })
    expect(taskPage.parse(json).items.map((t) => t.dueAt)).toEqual(
      [...json.items.map((t: { dueAt: string }) => t.dueAt)].sort(),
    )
    const next = await call(tasks, { token: reader, query: `?state=open&limit=200&cursor=${json.nextCursor}` })
    expect(json.items.length + next.json.items.length).toBe(7 + 5)
    expect((await call(tasks, { token: reader, query: '?owner=kim' })).json.items).toEqual([])
  })
  it('are assigned, started, completed with evidence, and taken back up', async () => {
    const of = { token: actor, params: task('quarantine') }
    expect((await call(assign, { ...of, body: { owner: 'kim' } })).json.owner).toBe('kim')
    expect((await call(start, { ...of, body: {} })).json).toMatchObject({ state: 'doing', owner: 'kim' })
    expect((await call(complete, { ...of, body: { evidence: '  ' } })).status).toBe(400)
    expect((await call(complete, { ...of, body: {} })).status).toBe(400)
    const done = await call(complete, { ...of, body: { evidence: 'learner confirmed', seen: 'doing' } })
    expect(taskItem.parse(done.json)).toMatchObject({ state: 'done', evidence: 'learner confirmed' })
    expect((await call(complete, { ...of, body: { evidence: 'learner confirmed' } })).status).toBe(200)
    expect((await call(start, { ...of, body: {} })).status).toBe(409)
    expect((await call(skip, { ...of, body: { reason: 'no' } })).status).toBe(409)
    expect((await call(undo, { ...of, body: {} })).json).toMatchObject({
      state: 'todo',
      evidence: null,
      completedAt: null,
    })
    const kinds = (await world.tx.timeline.of(params.id)).map((e) => e.kind).filter((kind) => kind.startsWith('task.'))
    expect(kinds).toEqual(['task.assigned', 'task.started', 'task.completed', 'task.undone'])
  })
  it('are skipped with a reason', async () => {
    const of = { token: actor, params: task('freeze') }
    expect((await call(skip, { ...of, body: {} })).status).toBe(400)
    expect((await call(skip, { ...of, body: { reason: 'error did not rise' } })).json).toMatchObject({
      state: 'skipped',
      evidence: 'error did not rise',
    })
  })
  it('fail when not as seen, when unknown, and for readers', async () => {
    expect((await call(start, { token: actor, params: task('relabel'), body: { seen: 'doing' } })).status).toBe(409)
    expect((await call(start, { token: actor, params: { id: 't-none' }, body: {} })).status).toBe(404)
    expect((await call(start, { token: reader, params: task('relabel'), body: {} })).status).toBe(403)
  })
})

describe('incidents', () => {
  it('are listed and read whole', async () => {
    const { json } = await call(list, { token: reader, query: '?status=open' })
    expect(incidentPage.parse(json).items.map((i) => i.id)).toEqual(['i-0000000000000002', 'i-0000000000000001'])
    const whole = incidentDetail.parse((await call(read, { token: reader, params })).json)
    expect(whole).toMatchObject({ alerts: 1, tasks: 7, tasksDone: 1, playbook: 'label-flips' })
    expect(whole.timeline.find((e) => e.kind === 'task.skipped')?.text).toBe(
      'Skipped “Decide whether the model may go on learning”: error did not rise',
    )
    expect((await call(read, { token: reader, params: { id: 'i-none' } })).status).toBe(404)
  })
  it('take notes', async () => {
    const { json } = await call(note, { token: actor, params, body: { text: 'called the vendor' } })
    expect(json.timeline.at(-1)).toMatchObject({ kind: 'note', text: 'called the vendor', actor: 'test-read-act' })
    expect((await call(note, { token: actor, params, body: { text: '' } })).status).toBe(400)
    expect((await call(note, { token: reader, params, body: { text: 'x' } })).status).toBe(403)
  })
  it('close with their alerts, once', async () => {
    const { json } = await call(resolve, { token: actor, params, body: { note: 'cleaned' } })
    expect(json).toMatchObject({ state: 'resolved', alertItems: [{ state: 'resolved' }] })
    expect((await call(resolve, { token: actor, params, body: {} })).status).toBe(200)
    const rows = (await world.db.select().from(audit)).filter((row) => row.verb === 'incident.resolve')
    expect(rows).toHaveLength(1)
    expect(json.timeline.slice(-2).map((e: { text: string }) => e.text)).toEqual([
      'Resolved poison.label_flip',
      'Incident resolved: cleaned',
    ])
  })
  it('open again when the resolving of an alert is undone', async () => {
    const { json } = await call(undoAlert, { token: actor, params: { id: 'a-0000000000000001' }, body: {} })
    expect(json).toMatchObject({ state: 'firing', owner: null })
    expect((await call(read, { token: reader, params })).json).toMatchObject({ state: 'open', resolvedAt: null })
  })
  it('have a dossier, in which the data cannot write Markdown or HTML', async () => {
    const paper = dossier.parse((await call(dossierJson, { token: reader, params })).json)
    expect(paper.times).toMatchObject({ onsetToOpenedEventS: 7200, openedToAcknowledgedS: null })
    const { response } = await call(dossierMd, { token: reader, params })
    const text = await response.text()
    expect(response.headers.get('content-type')).toContain('text/markdown')
    expect(text).toContain('# Incident')
    expect(text).toContain('called the vendor')
    expect(text).not.toContain('<script>')
    expect(text).not.toMatch(/vendor-7 \| /)
  })
  it('come with the shipped playbooks', async () => {
    const { json } = await call(playbooks, { token: reader })
    expect(playbookPage.parse(json).items.map((p) => p.id)).toEqual([
      'label-flips',
      'model-regression',
      'pipeline-bug',
      'feature-shift',
    ])
  })
})
