import { describe, expect, it } from 'vitest'
import { shareOfPromise } from './share'

describe('evidence as a share of the promise', () => {
  it.each([
    ['it alarms', 12, 12, 1],
    ['a tenth of the promise', 12 - Math.log(10), 12, 0.5],
    ['a hundredth', 12 - Math.log(100), 12, 0],
    ['a healthy unit after 5,000 lines', Math.log(5000), 13.2, 0],
    ['ten times what it takes', 12 + Math.log(10), 12, 1.5],
    ['nothing known yet', 0, 0, 0],
  ])('%s', (_what, logE, threshold, share) => expect(shareOfPromise({ logE, threshold })).toBeCloseTo(share, 9))
})
