import { once } from 'node:events'
import type { TransactionSql } from 'postgres'

/** Sends one binary COPY. A backend that dies meanwhile may leave this hanging for ever (postgres.js #1173): keep a watchdog on it. */
export async function copyIn(
  client: TransactionSql,
  table: string,
  columns: readonly string[],
  bytes: Buffer,
): Promise<void> {
  const names = columns.map((name) => `"${name}"`).join(', ')
  const stream = await client.unsafe(`copy "${table}" (${names}) from stdin (format binary)`).writable()
  const done = once(stream, 'finish')
  stream.end(bytes)
  await done
}
