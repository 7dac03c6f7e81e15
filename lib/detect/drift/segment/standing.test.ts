import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { standingIn } from '@/lib/detect/drift/segment/standing'

const alarm = { logE: 16 } as Alarm
const unit = (onsetRow: number, provisional = true) => ({ onsetRow, provisional })
const saying = (nats: number) => () => nats

describe('an alarm of a whole feature beside a change in one segment', () => {
  it('is that change where the rows outside say less than half of it', () => {
    const changed = unit(3000)
    expect(standingIn([null, unit(2000, false), changed], alarm, 9000, saying(7.9))).toBe(changed)
  })

  it('is its own where the rows outside bear it, since its onset or since that change', () => {
    expect(standingIn([unit(3000)], alarm, 9000, saying(8))).toBe(null)
    expect(standingIn([unit(3000)], alarm, 9000, (_, from) => (from === 3000 ? 9 : 1))).toBe(null)
    expect(standingIn([unit(3000)], alarm, 9000, (_, from) => (from === 9000 ? 9 : 1))).toBe(null)
  })

  it('is its own where no segment stands in a change', () => {
    expect(standingIn([unit(3000, false), null], alarm, 9000, saying(0))).toBe(null)
  })
})
