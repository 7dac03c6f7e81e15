import { authorization } from './authorization'
import type { BaseMaker } from './base'
import { crowd } from './crowd'
import { embedding } from './embedding'
import { mail } from './mail'
import { ratings } from './ratings'
import { reals } from './real'
import { regression } from './regression'
import { reviews } from './reviews'
import { tabular } from './tabular'
import { terms } from './terms'
import { text } from './text'
import { words } from './words'

export const bases: readonly BaseMaker[] = [
  tabular('tabular', [2, 3]),
  tabular('classes', [5, 8, 12, 20]),
  text,
  embedding,
  ratings,
  regression,
  crowd,
  authorization,
  mail,
  reviews,
  words,
  terms,
  ...reals,
]
