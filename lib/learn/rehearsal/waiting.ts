import type { Row } from '@/lib/learn/inputs/encode'

/** A row that waits until the columns are scaled. */
export interface Waiting {
  row: Row & { label?: string | number }
  y: number
  origin: string
  labeler: string | null
}

const mostText = 20_000

/** What is kept of it, and nothing that its producer may change or that is beyond what a learner reads. */
export function plainRow(row: Row & { readonly label?: string | number }): Waiting['row'] {
  return {
    features: { ...row.features },
    ...(row.text === undefined ? {} : { text: row.text.slice(0, mostText) }),
    ...(row.embedding ? { embedding: row.embedding.slice(0, 2048) } : {}),
    ...(row.segment ? { segment: row.segment } : {}),
    ...(row.label === undefined ? {} : { label: row.label }),
  }
}
