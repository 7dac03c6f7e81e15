import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pieces } from './invisible'

const hidden = (text: string) => pieces(text).flatMap((p) => p.hidden ?? [])

it('shows what a right-to-left override and a zero-width space hide', () =>
  expect(hidden('pay\u202Eexe.\u200Bfdp')).toEqual(['U+202E right-to-left override', 'U+200B zero-width space']))
it('shows tag characters, in which whole sentences are smuggled', () =>
  expect(hidden('hi\u{E0041}')).toEqual(['U+E0041']))
it('shows controls, but not the tab and line feed of plain text', () =>
  expect(hidden('a\tb\nc\u0007\u0000')).toEqual(['U+0007', 'U+0000']))
it('leaves letters of any script alone', () => expect(hidden('Blåbær, привет, 日本, العربية, 🙂')).toEqual([]))
it('loses nothing', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) =>
        pieces(text)
          .map((p) => p.text)
          .join('') === text,
    ),
  ))
