import type { Arrival, AssayEvent } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/** Labelled streams in which nothing changes that anyone should be woken for, by name. `rows` predictions, seeded. */
export type Null = (seed: string, rows: number) => Arrival[]

interface Row {
  readonly x: readonly number[]
  readonly prediction: string | number
  readonly label: string | number
  readonly score?: number
  /** Predictions until the label comes; null: never. */
  readonly delay: number | null
}

const stepMs = 60_000

function weave(rows: number, make: (t: number) => Row): Arrival[] {
  const out: Arrival[] = []
  const due = new Map<number, { id: string; label: string | number }[]>()
  const push = (t: number, type: AssayEvent['type'], id: string, data: object) =>
    out.push({
      index: out.length,
      event: { type, id, source: '/null', timeMs: 1_700_000_000_000 + t * stepMs, data } as AssayEvent,
    })
  for (let t = 0; t < rows; t++) {
    const { x, prediction, label, score, delay } = make(t)
    const features = Object.fromEntries(x.map((value, i) => [`x${i}`, value]))
    const data = { model: 'm', version: '1', features, prediction, ...(score === undefined ? {} : { score }) }
    push(t, 'ml.prediction.v1', `p${t}`, data)
    if (delay !== null) due.set(t + delay, [...(due.get(t + delay) ?? []), { id: `p${t}`, label }])
    for (const { id, label } of due.get(t) ?? [])
      push(t, 'ml.label.v1', `l${id}`, { model: 'm', prediction: id, label })
    due.delete(t)
  }
  return out
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z))
const gauss = (key: string, t: number) => normalQuantile(hashUniform(key, t))

interface Plan {
  classes?: number
  delay?: (t: number, label: string) => number | null
  /** Share of wrong labels. */
  noise?: (t: number) => number
  /** How well the model has learned by row t, 0 … 1. */
  skill?: (t: number) => number
  scored?: boolean
}

function classes({ classes = 2, delay = () => 0, noise = () => 0.05, skill = () => 1, scored = true }: Plan): Null {
  return (seed, rows) =>
    weave(rows, (t) => {
      const x = [0, 1, 2, 3].map((i) => gauss(`${seed} x${i}`, t))
      const logits = Array.from({ length: classes }, (_, c) => 1.5 * (x[c % 4] as number) * (c % 2 ? 1 : -1) + 0.3 * c)
      let best = 0
      const draw = (key: string) =>
        logits.reduce((at, logit, c, all) => {
          const noisy = (d: number) => (all[d] as number) - Math.log(-Math.log(hashUniform(`${seed}${key}${d}`, t)))
          return noisy(c) > noisy(at) || c === at ? (noisy(c) >= noisy(at) ? c : at) : at
        }, 0)
      for (let c = 1; c < classes; c++) if ((logits[c] as number) > (logits[best] as number)) best = c
      const truth = draw('y')
      const flip = hashUniform(`${seed} flip`, t) < noise(t)
      const label = `c${flip ? (truth + 1) % classes : truth}`
      const knows = hashUniform(`${seed} skill`, t) < skill(t)
      const prediction = `c${knows ? best : Math.floor(classes * hashUniform(`${seed} guess`, t))}`
      const top = sigmoid((logits[best] as number) - Math.max(...logits.filter((_, c) => c !== best)))
      return { x, prediction, label, ...(scored ? { score: top } : {}), delay: delay(t, label) }
    })
}

function numbers(noise: (seed: string, t: number) => number): Null {
  return (seed, rows) =>
    weave(rows, (t) => {
      const x = [0, 1, 2, 3].map((i) => gauss(`${seed} x${i}`, t))
      const mean = 3 * (x[0] as number) - 2 * Math.abs(x[1] as number)
      return { x, prediction: mean + 0.3 * gauss(`${seed} m`, t), label: mean + noise(seed, t), delay: 0 }
    })
}

const chance = (seed: string, share: number) => (t: number) => (hashUniform(seed, t) < share ? 0 : null)

export const nulls: Readonly<Record<string, Null>> = {
  'constant error': classes({}),
  'learner that improves': classes({ skill: (t) => 1 - 0.4 * Math.exp(-t / 1500), scored: false }),
  'errors by the hour': classes({ noise: (t) => 0.05 + 0.3 * (Math.sin((2 * Math.PI * t) / 1440) > 0.4 ? 1 : 0) }),
  'late labels': classes({ delay: (t) => 600 + Math.floor(400 * hashUniform('late', t)) }),
  'one class late': classes({
    delay: (t, label) => (label === 'c1' ? 900 : 20) + Math.floor(80 * hashUniform('d', t)),
  }),
  'few labels': (seed, rows) => classes({ delay: chance(`${seed} few`, 0.1) })(seed, 3 * rows),
  'ten classes': classes({ classes: 10 }),
  'heavy-tailed residuals': numbers((seed, t) => {
    const u = hashUniform(`${seed} e`, t)
    return (u < 0.5 ? -1 : 1) * ((u < 0.5 ? 2 * u : 2 - 2 * u) ** (-1 / 2.2) - 1)
  }),
  'normal residuals': numbers((seed, t) => gauss(`${seed} e`, t)),
}
