/**
 * Turns 32 words of 32 bits over, in place: bit r of word c becomes bit c of word r.
 * Source: Warren 2012, Hacker's Delight, §7–3.
 */
export function transpose(words: Int32Array, at: number): void {
  for (let width = 16, mask = 0xffff; width > 0; width >>= 1, mask ^= mask << width) {
    for (let k = 0; k < 32; k = ((k | width) + 1) & ~width) {
      const low = at + k
      const high = low + width
      const swapped = (((words[low] as number) >>> width) ^ (words[high] as number)) & mask
      words[high] = (words[high] as number) ^ swapped
      words[low] = (words[low] as number) ^ (swapped << width)
    }
  }
}
