import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import type { GoldenRow } from '@/lib/detect/detector'
import { modelInput } from '@/lib/model/find'
import type { GoldenSetItem } from '@/lib/view/golden'
import { auditGolden } from './audit'
import { goldenHash } from './hash'
import { toGoldenItem } from './item'
import { readGoldenBody } from './read-body'
import { packRows } from './stored'

export const proposeGoldenInput = modelInput.extend({ body: z.string(), note: z.string().trim().max(10_000).nullish() })

/**
 * Puts a trusted set forward: hashed, and audited by itself. It counts once a second person has approved it. The same rows again are the same proposal.
 * The model need not have been seen yet: a set that is approved before its first event counts from that event on.
 * @throws Invalid naming the line that is not a row, TooLarge
 */
export async function proposeGolden(ctx: Context, input: z.input<typeof proposeGoldenInput>): Promise<GoldenSetItem> {
  await ctx.allow('golden.propose')
  const { id, body, note } = proposeGoldenInput.parse(input)
  await ctx.allow('golden.propose', id)
  const rows = readGoldenBody(body, id)
  const hash = goldenHash(rows)
  const found = auditGolden(rows)
  return ctx.tx(async (tx) => {
    const model = (await tx.models.byId(id)) ?? (await tx.models.configure(id, {}, null))
    if (!model) throw new Error(`model ${id} could not be made`)
    const sets = await tx.golden.of(model.key)
    const current = sets.find(({ state }) => state === 'approved')?.id ?? null
    const same = sets.find((set) => set.hash === hash && (set.state === 'proposed' || set.id === current))
    if (same) return toGoldenItem(same, current)
    const row = await tx.golden.insert({
      id: `g-${randomUUID()}`,
      modelKey: model.key,
      hash,
      rows: packRows(rows),
      count: rows.length,
      labels: counted(rows.map(({ label }) => (label === undefined ? 'no label' : String(label)))),
      slices: counted(rows.flatMap(slicesOf)),
      audit: found,
      note: note ?? null,
      proposedById: `${ctx.actor.kind}/${ctx.actor.id}`,
      proposedBy: ctx.actor.name,
      proposedAt: ctx.now,
    })
    await audit(tx, ctx, 'golden.propose', `model/${id}`, { after: { golden: row.id, hash, rows: rows.length } })
    await tx.notify.changed(id, ['models'])
    return toGoldenItem(row, current)
  })
}

const slicesOf = ({ segment }: GoldenRow) =>
  Object.entries(segment ?? {}).map(([key, value]) => `${key}=${String(value)}`)

const mostNames = 200

/** How often each comes; the most common ones. */
function counted(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostNames))
}
