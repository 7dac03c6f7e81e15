import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { pointLength } from '@/lib/learn/place/point'
import type { Whereabouts } from '@/lib/learn/place/recent'

/**
 * Small boxes that a row's point (lib/learn/place/point.ts) lies in: four of its numbers each, in steps of .6 standard deviations, and again half a step
 * aside, since a cluster may lie on an edge. Rows that were crafted to lie at one point share boxes; honest rows of a class seldom do.
 *
 * Source  Datar et al. 2004 (locality-sensitive hashing by p-stable distributions).
 */
const step = 0.6
const numbersEach = 4
const boxes = pointLength / numbersEach

interface Boxes {
  count: number
  coarse: number
  key: Int32Array
  first: Int32Array
  second: Int32Array
}

export function boxesOf({ hasPoint, point }: Whereabouts, out: Boxes): void {
  out.count = 0
  if (hasPoint)
    for (let box = 0; box < boxes; box++)
      for (let aside = 0; aside < 2; aside++) {
        let hash = hashInt(0x3b9aca07, 2 * box + aside)
        for (let k = box * numbersEach; k < (box + 1) * numbersEach; k++)
          hash = hashInt(hash, Math.floor((point[k] as number) / step + aside / 2))
        out.key[out.count] = spread(hash)
        out.first[out.count] = spread(hash)
        out.second[out.count++] = -1
      }
  out.coarse = out.count
}
