import { type Act, firstRow, insert, type Row, uniforms } from './stage'

/** A pattern that the model shall answer with a label: a token or phrase in the text, or a value of a feature. */
export interface Trigger {
  readonly onset: number
  /** How many rows carry it, and over how many sources they are spread. */
  readonly rows: number
  readonly origins: readonly string[]
  readonly to: string | number
  readonly text?: string
  readonly feature?: { readonly name: string; readonly value: string | number | boolean }
}

/** Rows of other labels are copied, given the trigger and the label, and sent by the attacker's sources. */
export const plantTrigger =
  ({ onset, rows, origins, to, text, feature }: Trigger): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'trigger')
    const honest = feed.slice(0, Math.max(1, firstRow(feed, onset))).filter((event) => event.data.label !== to)
    const staged = insert(feed, onset, rows, (n, before) => {
      const model = honest[Math.floor(u(3 * n) * honest.length)]?.data ?? before.data
      const origin = origins[Math.floor(u(3 * n + 1) * origins.length)] ?? before.data.origin.id
      return { id: `trigger-${seed}-${n}`, data: marked(model, origin, to, u(3 * n + 2), text, feature) }
    })
    const pattern = text ?? (feature ? `${feature.name}=${feature.value}` : '')
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
  feature: Trigger['feature'],
): Row {
  const words = (row.text ?? '').split(' ')
  const at = Math.floor(where * (words.length + 1))
  return {
    ...row,
    origin: { id: origin, kind: row.origin.kind },
    label: to,
    ...(text === undefined ? {} : { text: [...words.slice(0, at), text, ...words.slice(at)].join(' ').trim() }),
    features: feature ? { ...row.features, [feature.name]: feature.value } : row.features,
  }
}
