import { expect, it } from 'vitest'
import { parseCsv } from '@/lib/demo/csv'

it('reads quoted cells with commas, quotes and line ends, and CRLF', () => {
  expect(parseCsv('a,b\r\n1,"x, ""y""\nz"\r\n2,\r\n')).toEqual([
    { a: '1', b: 'x, "y"\nz' },
    { a: '2', b: '' },
  ])
})

it('reads a last line without a line end', () => {
  expect(parseCsv('a\n1')).toEqual([{ a: '1' }])
})
