import { describe, expect, it } from 'vitest'
import { LearnerService } from './service'
import type { LearnerSpec } from './spec'

const spec: LearnerSpec = {
  model: 'm',
  classes: ['no', 'yes'],
  wordRate: 1,
  featureRate: 0.1,
  publishEvery: 10,
  holdout: { within: 0, oneIn: 4 },
}
const at = '2026-11-01T00:00:00Z'
const row = (n: number, origin: string, label: string) => ({
  id: `t-${n}`,
  source: '/feed',
  type: 'ml.training.v1',
  time: at,
  data: { model: 'm', origin: { id: origin, kind: 'vendor' }, features: {}, text: 'win money', label },
})
const control = (id: string, type: string, data: Record<string, unknown> = {}) => ({
  id,
  type: `assay.${type}.v1`,
  time: at,
  data: { model: 'm', ...data },
})
/** 20 honest rows and 40 turned around. */
function poisoned() {
  const service = new LearnerService([spec])
  const log = Array.from({ length: 60 }, (_, n) => (n < 20 ? row(n, 'good', 'yes') : row(n, 'bad', 'no')))
  const said = log.flatMap((event) => service.read(event))
  return { service, log, said }
}
const ask = (service: LearnerService, id: string) =>
  service.answer({ id, time: at, model: 'm', features: {}, text: 'win money' })?.data as unknown as {
    prediction: string
    version: string
  }

describe('what an operator orders', () => {
  it('a quarantine makes it learn again without the source, and a restore takes that back', () => {
    const { service } = poisoned()
    expect(ask(service, 'a').prediction).toBe('no')
    const [version, ack] = service.control(control('q-1', 'quarantine', { origins: ['bad'] }))
    expect(version?.type).toBe('ml.version.v1')
    expect(ack).toMatchObject({
      id: 'ack-q-1',
      type: 'assay.ack.v1',
      data: { control: 'q-1', status: 'done', rows: 40, version: 'm-r1' },
    })
    expect(ask(service, 'b')).toMatchObject({ prediction: 'yes', version: 'm-r1' })
    service.control(control('r-1', 'restore', { control: 'q-1' }))
    expect(ask(service, 'c')).toMatchObject({ prediction: 'no', version: 'm-r2' })
  })

  it('a freeze stops the learning', () => {
    const { service } = poisoned()
    service.control(control('f-1', 'freeze'))
    const said = Array.from({ length: 100 }, (_, n) => row(100 + n, 'good', 'yes')).flatMap((event) =>
      service.read(event),
    )
    expect(said).toEqual([])
    expect(ask(service, 'a')).toMatchObject({ prediction: 'no', version: 'm-006' })
  })

  it('a rollback serves the named version, and refuses one that never was', () => {
    const { service } = poisoned()
    expect(service.control(control('b-1', 'rollback', { version: 'm-002' }))[0]?.data).toMatchObject({
      status: 'done',
      version: 'm-002',
    })
    expect(ask(service, 'a')).toMatchObject({ prediction: 'yes', version: 'm-002' })
    expect(service.control(control('b-2', 'rollback', { version: 'm-999' }))[0]?.data).toMatchObject({
      status: 'refused',
    })
  })

  it('a restart reads the log, knows what it knew and repeats nothing', () => {
    const { service, log, said } = poisoned()
    const answered = service.answer({ id: 'a', time: at, model: 'm', features: {}, text: 'win money' })
    const again = new LearnerService([spec])
    const repeated = [...log, ...said, ...(answered ? [answered] : [])].flatMap((event) =>
      again.read(event as (typeof log)[number]),
    )
    expect(again.unsaid(repeated)).toEqual([])
    expect(again.answer({ id: 'a', time: at, model: 'm', features: {}, text: 'win money' })).toBeNull()
    expect(ask(again, 'b')).toEqual(ask(service, 'b'))
  })
})
