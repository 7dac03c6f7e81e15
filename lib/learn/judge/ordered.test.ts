import { describe, expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { classIndex, noteTaken, startClasses } from './classes'

/** Labels that say how much of something a row has; the learner sees it dimly. @param name what a label is called. */
function taken(seed: string, labels: number, name: (k: number) => number, noise: number, byHalf = true) {
  const classes = startClasses({})
  for (let i = 0; i < 1000; i++) {
    const u = (what: string) => hashUniform(`${seed} ${what}`, i)
    const value = u('value')
    const at = (off: number) => Math.min(labels - 1, Math.max(0, Math.floor(labels * (value + noise * (off - 0.5)))))
    const y = byHalf ? at(u('label')) : u('told') < 0.4 ? Math.floor(labels * u('label')) : at(0.5)
    const favourite = byHalf ? at(u('seen')) : at(0.5)
    const known = classIndex(classes, name(y))
    const other = classIndex(classes, name(favourite))
    noteTaken(classes, other, known)
  }
  return classes.task
}

describe('whole numbers as labels', () => {
  it('are a scale where they are taken for their neighbours', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      expect(taken(seed, 5, (k) => k + 1, 0.9)).toBe('regression')
      expect(taken(seed, 7, (k) => k, 0.7)).toBe('regression')
    }
  })

  it('are names of classes where others are as near, where they are told apart, and where they are few', () => {
    const names = [3, 0, 4, 1, 5, 2, 6]
    let scales = 0
    for (let n = 0; n < 40; n++) if (taken(`n${n}`, 7, (k) => names[k] as number, 0.7, false) === 'regression') scales++
    expect(scales).toBeLessThanOrEqual(3)
    for (const seed of ['a', 'b', 'c']) {
      expect(taken(seed, 7, (k) => k, 0.05)).toBe('unknown')
      expect(taken(seed, 3, (k) => k, 0.9)).toBe('unknown')
    }
  })

  it('are told by more than the digits: names are never a scale', () => {
    const classes = startClasses({})
    for (let i = 0; i < 1000; i++)
      noteTaken(classes, classIndex(classes, `c${i % 6}`), classIndex(classes, `c${(i + 1) % 6}`))
    expect(classes.task).toBe('unknown')
  })
})
