import { Invalid, TooLarge } from '@/lib/access/errors'
import type { GoldenRow } from '@/lib/detect/detector'
import { parseGoldenRow } from './parse'

const maxBytes = 32 * 1024 * 1024
const maxRows = 50_000

/** The rows of an NDJSON body. @throws Invalid naming the line: a trusted set that is half read would be trusted wrongly. TooLarge. */
export function readGoldenBody(text: string, model: string): GoldenRow[] {
  if (Buffer.byteLength(text) > maxBytes) throw new TooLarge(`at most ${maxBytes / 2 ** 20} MiB of trusted rows`)
  const rows: GoldenRow[] = []
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parseGoldenRow(line)
    if (typeof parsed === 'string') throw new Invalid(`line ${i + 1}: ${parsed}`, { line: i + 1 })
    if (parsed.model !== '' && parsed.model !== model)
      throw new Invalid(`line ${i + 1}: model: expected ${model} or none, got ${parsed.model}`, { line: i + 1 })
    rows.push(parsed.row)
    if (rows.length > maxRows) throw new TooLarge(`at most ${maxRows} trusted rows`)
  }
  if (rows.length === 0)
    throw new Invalid(
      'the body holds no row; expected NDJSON such as {"features":{"len":212},"text":"…","label":"ham"}',
    )
  return rows
}
