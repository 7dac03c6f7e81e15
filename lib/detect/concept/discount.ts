import type { Evidence } from '@/lib/evidence/e-detector'

/** A unit that must not speak yet is asked again once it has won another nat. */
export function discount(evidence: Evidence, total: number): void {
  for (let b = 0; b < evidence.m.length; b++) evidence.m[b] = (evidence.m[b] as number) / (Math.E * total)
}
