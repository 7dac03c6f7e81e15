import { z } from 'zod'

/** Schemas that the document keeps under a name of their own and refers to. */
export const registry = z.registry<{ id: string }>()

export function named<T extends z.ZodType>(id: string, schema: T): T {
  registry.add(schema, { id })
  return schema
}

/** RFC 3339, UTC. */
export const time = z.string().meta({ format: 'date-time' })

/** A page of a list; `nextCursor` asks for the next one, null: there is none. */
export const pageOf = <T extends z.ZodType>(id: string, item: T) =>
  named(id, z.object({ items: z.array(item), nextCursor: z.string().nullable() }))
