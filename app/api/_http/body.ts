import { Invalid, TooLarge } from '@/lib/access/errors'

const maxBytes = 1024 * 1024

/** The JSON object of a request; none at all is an empty one. @throws Invalid, TooLarge */
export async function jsonBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (text.length > maxBytes) throw new TooLarge(`at most ${maxBytes} bytes of JSON`)
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Invalid('the body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Invalid('the body: expected a JSON object')
  return value as Record<string, unknown>
}
