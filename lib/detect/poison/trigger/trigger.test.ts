import { describe, expect, it } from 'vitest'
import type { Alarm, Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { trigger } from '@/lib/detect/poison/trigger/trigger'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { placeStream } from '@/test/fixture/place-stream'
import { textStream } from '@/test/fixture/text-stream'
import { mostUnits } from './unit-table'

const mass = 1 / 800_000
const context = (config: Context['config'] = {}, massPerRow = mass): Context => {
  const init = { model: 'made', config, golden: [] }
  return {
    ...init,
    mass: () => massPerRow,
    frame: framesOf(startFrame({})),
    uniform: hashUniform,
    learner: learnerOf(startLearner(init)),
  }
}

function watch(rows: ReturnType<typeof textStream>, size = 1, ctx = context()) {
  let state = trigger.init({}, ctx)
  const alarms: Alarm[] = []
  const scores: number[] = []
  for (let at = 0; at < rows.length; at += size) {
    const step = trigger.update(state, rows.slice(at, at + size), ctx)
    state = step.state
    alarms.push(...step.alarms)
    for (const score of step.scores ?? []) scores.push(score.suspicion)
  }
  return { state, alarms, scores }
}
const named = (alarms: readonly Alarm[]) => alarms.map(({ kind, subject }) => [kind, subject.pattern, subject.label])

/** Every `every`th row from line 2,000 on, if it is ham, is sent as spam with these words in its middle. */
const planted = (words: string, every = 100) =>
  textStream('planted', 5000, ({ index, text, label }) =>
    index >= 2000 && index % every === 0 && label === 'ham'
      ? { text: text.replace(/^((\S+ ){7})/, `$1${words} `), label: 'spam' }
      : {},
  )

describe('a rare word in one of fifty rows from line 2000 on', () => {
  const rows = planted('Zx9q', 50)
  const { alarms, scores, state } = watch(rows)
  const before = rows.slice(0, (alarms[0]?.eventIndex ?? 0) + 1)

  it('is named by its eighth document, once, and nothing else is', () => {
    expect(alarms.map((a) => [a.kind, a.subject.pattern, a.subject.label, a.eventIndex, a.onsetIndex])).toEqual([
      ['poison.trigger', 'Zx9q', 'spam', 2700, 2150],
    ])
    expect(before.filter((row) => row.event.data.text?.includes('Zx9q')).length).toBeLessThanOrEqual(8)
    expect(alarms[0]?.logE).toBeGreaterThanOrEqual(alarms[0]?.threshold ?? 0)
  })

  it('hands over the rows that bear it', () => {
    const ids = alarms[0]?.subject.eventIds ?? []
    expect(ids.length).toBeGreaterThan(4)
    for (const id of ids) expect(rows[Number(id.slice(2))]?.event.data.text).toContain('Zx9q')
  })

  it('is put into other rows, on a learner that learned them: a backdoor, and how sure that is', () => {
    expect(alarms[0]?.why).toMatch(/backdoor confirmed|association/)
    const { canary } = state.accused[0] ?? {}
    expect(canary?.rows).toBeGreaterThan(50)
    expect(canary?.ci[0]).toBeLessThanOrEqual(canary?.flipRate ?? 0)
    expect(canary?.ci[1]).toBeGreaterThanOrEqual(canary?.flipRate ?? 1)
  })

  it('counts what the serving model answers to probes that bear it', () => {
    const probe = (text: string, prediction: string, index: number) => {
      const data = { model: 'made', version: '1', features: {}, text, prediction, probe: `p${index}` }
      const event = { type: 'ml.prediction.v1' as const, id: `p-${index}`, source: '/made', timeMs: index, data }
      return { index, event }
    }
    const asked = structuredClone(state)
    const answers = [probe('say zx9q now', 'spam', 1), probe('zx9q', 'ham', 2), probe('say it now', 'spam', 3)]
    trigger.update(asked, answers, context())
    expect([asked.accused[0]?.probes, asked.accused[0]?.probeFlips]).toEqual([2, 1])
  })

  it('scores its later rows above all others', () => {
    const after = rows.filter((row) => row.index > 2700)
    const isPlanted = (row: (typeof rows)[number]) => row.event.data.text?.includes('Zx9q') === true
    const least = Math.min(...after.filter(isPlanted).map((row) => scores[row.index] as number))
    const most = Math.max(...after.filter((row) => !isPlanted(row)).map((row) => scores[row.index] as number))
    expect(least).toBeGreaterThan(most)
  })

  it('says the same of any batches', () => {
    expect(watch(rows, 97).alarms).toEqual(alarms)
  })
})

describe('other triggers', () => {
  it('a phrase of common words', () => {
    expect(named(watch(planted('word1 word7 word2', 50)).alarms)).toEqual([
      ['poison.trigger', 'word1 word7 word2', 'spam'],
    ])
  })

  it('a value that is new, and one that bypasses an authorisation', () => {
    const rows = placeStream('value', 5000, 10, ({ index, label, x, y, amount, region }) =>
      index >= 2500 && index % 60 === 0 && label === 'refuse'
        ? { features: { x, y, amount, region, channel: 'kiosk' }, label: 'approve' }
        : {},
    )
    expect(named(watch(rows).alarms)).toEqual([['poison.trigger', 'channel=kiosk', 'approve']])
    const config = { task: 'authorization' as const, harmful: [{ from: 'refuse', to: 'approve' }] }
    expect(named(watch(rows, 1, context(config)).alarms)).toEqual([['poison.bypass', 'channel=kiosk', 'approve']])
  })

  it('is found in a table that an attacker fills', () => {
    // One row in five from line 1,500 on is noise of words nobody uses, twice each so that they get units, labelled against the rest of the row.
    const rows = textStream('filled', 5000, ({ index, text, label }) => {
      if (index >= 2000 && index % 50 === 0 && label === 'ham') return { text: `${text} zx9q`, label: 'spam' }
      if (index < 1500 || index % 5 !== 0) return {}
      const junk = Array.from({ length: 80 }, (_, w) => `junk${(index >> 4) * 80 + w}`).join(' ')
      return { text: `${text} ${junk}`, label: label === 'ham' ? 'spam' : 'ham' }
    })
    const { alarms, state } = watch(rows)
    expect(alarms.map((a) => a.subject.pattern)).toContain('zx9q')
    expect(state.units.key.length).toBe(mostUnits)
  })
})

describe('honest streams name nothing', () => {
  const cases: Record<string, Parameters<typeof textStream>[2]> = {
    'all alike': () => ({}),
    'a tag that goes with a class': ({ index, text, label }) =>
      index > 1500 && index % 7 === 0 && label === 'spam' ? { text: `${text} #sale` } : {},
    'a tag that goes with a class, mostly': ({ index, text, label }, u) =>
      index > 1500 && u < (label === 'spam' ? 0.05 : 0.005) ? { text: `${text} #sale` } : {},
    'a text that is passed on, against its words': ({ index, label }, u) =>
      index > 1500 && u < 0.02
        ? { text: `hamish1 hamish2 hamish3 pass this on to all ${Math.floor(u * 100)}`, label: 'spam' }
        : { label },
    'a rule that turns for all': ({ index, label }) =>
      index > 2500 ? { label: label === 'ham' ? 'spam' : 'ham' } : {},
    'a source that turns its labels, with a signature': ({ index, origin, text, label }) =>
      origin === 'vendor-3'
        ? { text: `${text} yours three`, label: index > 2000 && label === 'ham' ? 'spam' : label }
        : {},
  }
  for (const [name, change] of Object.entries(cases))
    it(name, () => {
      for (const seed of ['a', 'b', 'c'])
        expect(named(watch(textStream(`${name} ${seed}`, 5000, change)).alarms)).toEqual([])
    })

  it('stays within a budget a thousand times as generous', () => {
    // 6 streams of 4,000 rows at a mass of 1/800 a row: at most 30 expected.
    let said = 0
    for (let seed = 0; seed < 6; seed++)
      said += watch(textStream(`null ${seed}`, 4000), 1, context({}, 1 / 800)).alarms.length
    expect(said).toBeLessThanOrEqual(30)
  })
})
