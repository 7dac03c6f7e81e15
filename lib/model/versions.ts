import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { VersionRow } from '@/lib/view/model'
import type { Page } from '@/lib/view/page'
import { findModel, modelInput } from './find'

interface Row {
  readonly version: string
  readonly parent: string | null
  readonly at: Date
  readonly metrics: Record<string, number> | null
}

export const toVersion = ({ version, parent, at, metrics }: Row): VersionRow => ({
  version,
  parent,
  at: at.toISOString(),
  metrics,
})

/** What a model has published, newest first; at most 200. */
export async function readVersions(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<VersionRow>> {
  const { id } = modelInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const row = await findModel(tx, id)
    return { items: (await tx.versions.of(row.key)).map(toVersion), nextCursor: null }
  })
}
