import { expect, it } from 'vitest'
import type { Arrival, AssayEvent, FeatureValue, Label } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { createMonitor } from './monitor'

const rows = 7000

/** Training rows of a model, of twelve sources, one of whom goes wrong after row 5,000. */
function rowsOf(
  model: string,
  make: (u: (what: string) => number) => { features: Record<string, FeatureValue>; label: Label; text?: string },
) {
  return Array.from({ length: rows }, (_, index): Arrival => {
    const u = (what: string) => hashUniform(`${model} ${what}`, index)
    const id = `vendor-${Math.floor(12 * u('who'))}`
    const { label, ...row } = make(u)
    const turned = id === 'vendor-3' && index > 5000 && u('turned') < 0.7
    const data = { model, origin: { id, kind: 'vendor' }, ...row, label: turned ? wrong(label) : label }
    const event = { type: 'ml.training.v1', id: `${model}-${index}`, source: '/made', timeMs: 1000 * index, data }
    return { index, event: event as AssayEvent }
  })
}

const wrong = (label: Label): Label => (typeof label === 'number' ? -label : label === 'yes' ? 'no' : 'yes')
const words = ['cheap', 'meeting', 'win', 'report', 'prize', 'lunch', 'free', 'notes', 'offer', 'plan']

const models: Record<string, Arrival[]> = {
  prices: rowsOf('prices', (u) => {
    const [size, age, town] = [u('size') * 100, u('age') * 30, `town ${Math.floor(5 * u('town'))}`]
    return { features: { size, age, town }, label: Math.round(size - age + 8 * u('noise') - 40) }
  }),
  credit: rowsOf('credit', (u) => {
    const [income, debt] = [u('income') * 9, u('debt') * 9]
    return {
      features: { income, debt, member: u('member') < 0.5 },
      label: income - debt + 2 * u('noise') > 1 ? 'yes' : 'no',
    }
  }),
  mail: rowsOf('mail', (u) => {
    const text = Array.from({ length: 8 }, (_, k) => words[Math.floor(10 * u(`word ${k}`))]).join(' ')
    return { features: {}, text, label: /prize|win/.test(text) ? 'yes' : 'no' }
  }),
}

it('a monitor says the same whichever others run in its process, before it or in turns with it', () => {
  const names = Object.keys(models)
  const said = (order: readonly string[]) => {
    const monitors = new Map(
      order.map((model) => [
        model,
        { monitor: createMonitor({ model, scores: true, sampleEvery: 250 }), lines: [] as string[] },
      ]),
    )
    const take = (model: string, arrival: Arrival | undefined) => {
      const one = monitors.get(model)
      if (one && arrival) for (const output of one.monitor.accept(arrival)) one.lines.push(JSON.stringify(output))
    }
    return { take, lines: () => Object.fromEntries(names.map((name) => [name, monitors.get(name)?.lines])) }
  }
  const oneByOne = said(names)
  for (const name of names) for (const arrival of models[name] ?? []) oneByOne.take(name, arrival)
  const inTurns = said([...names].reverse())
  for (let row = 0; row < rows; row++) for (const name of [...names].reverse()) inTurns.take(name, models[name]?.[row])
  expect(Object.values(oneByOne.lines()).every((lines) => lines?.some((line) => line.includes('"finding"')))).toBe(true)
  for (const name of names) {
    const [alone, among] = [oneByOne.lines()[name] ?? [], inTurns.lines()[name] ?? []]
    const differs = alone.findIndex((line, i) => line !== among[i])
    expect([name, differs < 0 ? null : [alone[differs], among[differs]]]).toEqual([name, null])
    expect(among).toHaveLength(alone.length)
  }
}, 120_000)
