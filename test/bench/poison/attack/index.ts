import { adaptiveFlips } from './adaptive-flips'
import { adaptiveRows } from './adaptive-rows'
import type { Attack } from './attack'
import { deletions } from './deletions'
import { flips } from './flips'
import { floods } from './floods'
import { lookAlikes } from './honest'
import { placed } from './places'
import { ofOneHand } from './sybils'
import { triggers } from './triggers'

export const attacks: readonly Attack[] = [
  ...flips,
  ...triggers,
  ...placed,
  ...floods,
  ...deletions,
  ...adaptiveFlips,
  ...adaptiveRows,
  ...lookAlikes,
  ...ofOneHand,
]
