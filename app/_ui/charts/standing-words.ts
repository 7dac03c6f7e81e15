import type { WindowStanding } from '@/lib/view/drift'
import { verdictWords } from '../words'

const words = {
  steady: 'steady',
  watch: 'on the way to an alarm',
  small: 'real, but small',
  wanders: 'wanders: usual change',
  'insufficient-data': 'too few rows to tell',
} as const

/** What is held of a feature in a window, for a reader. */
export const standingWords = (standing: WindowStanding | null): string =>
  standing === null
    ? 'no rows'
    : standing in words
      ? words[standing as keyof typeof words]
      : verdictWords[standing as keyof typeof verdictWords]
