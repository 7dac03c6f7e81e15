import { readFileSync } from 'node:fs'
import type { GoldenRow } from '@/lib/detect/detector'
import { parseGoldenRow } from '@/lib/golden/parse'

/** Golden rows by model; those that name no model are for every model, under the empty name. */
export type Golden = ReadonlyMap<string, readonly GoldenRow[]>

/**
 * Reads Contract 3's `--golden`: what is known to be clean, one JSON object a line.
 * @throws Error naming the file, the line and what is wrong: a trusted set that is half read would be trusted wrongly.
 */
export function readGolden(path: string): Golden {
  const rows = new Map<string, GoldenRow[]>()
  const lines = readFileSync(path, 'utf8').split('\n')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const row = parseGoldenRow(line)
    if (typeof row === 'string') throw new Error(`--golden ${path}, line ${i + 1}: ${row}`)
    const known = rows.get(row.model)
    if (known) known.push(row.row)
    else rows.set(row.model, [row.row])
  }
  return rows
}

export function goldenFor(golden: Golden, model: string): readonly GoldenRow[] {
  return [...(golden.get(model) ?? []), ...(golden.get('') ?? [])]
}
