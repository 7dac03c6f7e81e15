import type { Strip } from '@/lib/view/strip'

/** A strip of one source, such as `origin=vendor-7 & label=ham`; the others are of a kind of evidence, such as `drift.feature`. */
export const isOfSource = (strip: Strip): boolean => strip.id.includes('origin=')
