import type { GoldenRow } from '@/lib/detect/detector'

/** One line of a trusted set, and the model that it names (empty: none). @returns a string saying what is wrong. */
export function parseGoldenRow(line: string): { model: string; row: GoldenRow } | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'expected a JSON object'
  const { model, features, label } = value as Record<string, unknown>
  if (model !== undefined && typeof model !== 'string') return 'model: expected a string'
  if (features !== undefined && (typeof features !== 'object' || features === null || Array.isArray(features)))
    return 'features: expected an object'
  if (label !== undefined && typeof label !== 'string' && typeof label !== 'number')
    return 'label: expected a string or a number'
  return { model: model ?? '', row: value as GoldenRow }
}
