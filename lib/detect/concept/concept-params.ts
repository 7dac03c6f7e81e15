import type { ConceptParams } from '@/lib/detect/concept/concept'

export const conceptParams: ConceptParams = {
  mostBytes: 4_000_000,
  mostColumns: 30,
  leastRise: 0.01,
  leastMoved: 0.02,
  leastGrowth: 0.05,
  leastFall: 0.02,
}
