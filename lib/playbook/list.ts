import type { Context } from '@/lib/access/context'
import type { Page } from '@/lib/view/page'
import type { Step } from './playbook'
import { playbooks } from './shipped'

export interface PlaybookItem {
  id: string
  title: string
  about: string
  atlas: readonly string[]
  steps: readonly Step[]
}

/** The playbooks that are shipped. */
export async function listPlaybooks(ctx: Context): Promise<Page<PlaybookItem>> {
  await ctx.allow('playbook.read')
  return {
    items: playbooks.map(({ id, title, about, atlas, steps }) => ({ id, title, about, atlas, steps })),
    nextCursor: null,
  }
}
