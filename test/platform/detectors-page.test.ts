import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { detectorsPage } from '@/bin/setup/detectors-page'

it('docs/detectors.md is what the detectors say of themselves: npx tsx bin/setup/detectors-page.ts writes it', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'detectors.md'), 'utf8')).toBe(detectorsPage())
})
