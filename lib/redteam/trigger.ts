import { type Act, firstRow, insert, type Row, type TrainingEvent, uniforms } from './stage'

/** A pattern that the model shall answer with a label: a token or phrase in the text, or a value of a feature. */
export interface Trigger {
  readonly onset: number
  /** How many rows carry it, and over how many sources they are spread. */
  readonly rows: number
  readonly origins: readonly string[]
  readonly to: string | number
  readonly text?: string
  /** One value, or several that only together are the trigger. */
  readonly features?: Readonly<Record<string, string | number | boolean>>
  /** Over how much of the feed the rows are spread: all that is left of it by default. */
  readonly span?: number
}

/** Rows of other labels are copied, given the trigger and the label, and sent by the attacker's sources. */
export const plantTrigger =
  ({ onset, rows, origins, to, text, features, span }: Trigger): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'trigger')
    const honest = feed.slice(0, Math.max(1, firstRow(feed, onset))).filter((event) => event.data.label !== to)
    const make = (n: number, before: TrainingEvent) => {
      const model = honest[Math.floor(u(3 * n) * honest.length)]?.data ?? before.data
      const origin = origins[Math.floor(u(3 * n + 1) * origins.length)] ?? before.data.origin.id
      return { id: `trigger-${seed}-${n}`, data: marked(model, origin, to, u(3 * n + 2), text, features) }
    }
    const staged = insert(feed, onset, rows, make, span)
    const values = Object.entries(features ?? {}).map(([name, value]) => `${name}=${value}`)
    const pattern = text ?? values.join(' & ')
    return {
      feed: staged.feed,
      truth: { kind: 'poison.trigger', name: 'trigger', subject: { pattern, label: to }, eventIds: staged.eventIds },
    }
  }

function marked(
  row: Row,
  origin: string,
  to: Row['label'],
  where: number,
  text: string | undefined,
  features: Trigger['features'],
): Row {
  const words = (row.text ?? '').split(' ')
  const at = Math.floor(where * (words.length + 1))
  return {
    ...row,
    origin: { id: origin, kind: row.origin.kind },
    label: to,
    ...(text === undefined ? {} : { text: [...words.slice(0, at), text, ...words.slice(at)].join(' ').trim() }),
    features: { ...row.features, ...features },
  }
}
