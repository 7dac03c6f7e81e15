/**
 * What the learner works out of rows only where a detector that runs reads it; a model pays for what is read.
 *
 * places      where each row that testifies lies (./place/places.ts), also the rows of late; of an embedding its point. Without it no row lies anywhere.
 * points      with it, the point of a row that has no embedding as well (./place/point.ts).
 * anchor      the learner as it was once (./anchor.ts).
 * influence   sums by source, and with them what an accusation says of the model without the accused (./influence).
 */
export type Want = 'places' | 'points' | 'anchor' | 'influence'

export type Wants = ReadonlySet<Want>
export const everything: Wants = new Set<Want>(['places', 'points', 'anchor', 'influence'])

/** What any of these detectors reads. */
export const wantsOf = (detectors: readonly { readonly wants?: readonly Want[] }[]): Wants =>
  new Set(detectors.flatMap(({ wants }) => wants ?? []))
