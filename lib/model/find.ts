import { z } from 'zod'
import type { ModelRow } from '@/db/queries/models'
import type { Tx } from '@/db/tx'
import { NotFound } from '@/lib/access/errors'
import { rangeInput } from './time-range'

export const modelId = z.string().min(1).max(1024)
export const modelInput = z.object({ id: modelId })
export const modelRangeInput = rangeInput.extend({ id: modelId })

/** @throws NotFound */
export async function findModel(tx: Tx, id: string): Promise<ModelRow> {
  const row = await tx.models.byId(id)
  if (!row) throw new NotFound(`no model ${JSON.stringify(id)} has been seen or configured`, { model: id })
  return row
}
