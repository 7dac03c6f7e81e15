import type { Place } from './step'
/** Runs those steps (names of files in this folder) that are not done yet, in order; `quiet`: without a word. */
export function setUp(names: readonly string[], place: Place, options: { quiet?: boolean }): Promise<void>
