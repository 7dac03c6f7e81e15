/** What is kept of each group of near copies, in one array. */
export const growthBets = [1 / 300, 1 / 50, 1 / 7] as const
export const voiceBets = 3
/** Offsets: copies kept, its last row, growth's M, voices' M, untempered CUSUMs of growth (and where it began) and of voices, the greatest of each, state. */
export const at = {
  copies: 0,
  last: 1,
  growth: 2,
  voices: 2 + growthBets.length,
  rise: 2 + growthBets.length + voiceBets,
  riseFrom: 3 + growthBets.length + voiceBets,
  voiceRise: 4 + growthBets.length + voiceBets,
  mostGrowth: 4 + growthBets.length + 2 * voiceBets,
  mostAgain: 5 + growthBets.length + 2 * voiceBets,
  mostYoung: 6 + growthBets.length + 2 * voiceBets,
  fired: 7 + growthBets.length + 2 * voiceBets,
  /** Copies from which it is looked at again, after a look that did not decide. */
  look: 8 + growthBets.length + 2 * voiceBets,
} as const
export const each = 9 + growthBets.length + 2 * voiceBets
