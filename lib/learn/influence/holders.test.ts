import { expect, it } from 'vitest'
import { holderOf, startHolders } from './holders'

it('keeps a source in its place while names come in a flood', () => {
  const holders = startHolders(2)
  for (let i = 0; i < 50; i++) {
    const holder = holderOf(holders, 'vendor-7', 2, 4)
    if (holder) holder.moments.rows++
  }
  for (let i = 0; i < 5000; i++) {
    const holder = holderOf(holders, `flood-${i}`, 2, 4)
    if (holder) holder.moments.rows++
  }
  expect(holders.byId.has('vendor-7')).toBe(true)
  expect(holders.byId.size).toBe(4)
  expect(holders.waiting.size).toBeLessThanOrEqual(512)
})
