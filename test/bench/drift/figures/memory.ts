import { serialize } from 'node:v8'
import { decodeObject } from '@/lib/event/decode'
import { createMonitor } from '@/lib/monitor/monitor'
import { row } from '../score/table'
import { makeWorld } from '../stream/world'
import type { Figure } from './options'

const megabyte = 1e6

/** Bytes of a model's whole state, as a snapshot holds it, as its stream goes on. */
export const memoryFigure: Figure = async ({ seed, perEvents }) => {
  console.log(row(['25 features', 'segment values', 'lines', 'state, MB']))
  console.log(row(Array(4).fill('---')))
  for (const segments of [0, 10]) {
    const stream = makeWorld('memory', seed, () => ({ rows: 30_000 }), { features: 25, segments })
    const monitor = createMonitor({ model: 'memory', config: { budget: { perEvents } } })
    for (const [index, line] of stream.lines.entries()) {
      const decoded = decodeObject(structuredClone(line))
      if (!decoded.ok) throw new Error(decoded.reason)
      monitor.accept({ event: decoded.event, index })
      if ([2000, 6000, 20_000, stream.lines.length - 1].includes(index))
        console.log(
          row(['labels to each', segments, index, (serialize(monitor.snapshot()).length / megabyte).toFixed(2)]),
        )
    }
  }
}
