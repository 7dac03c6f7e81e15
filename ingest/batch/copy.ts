import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { TransactionSql } from 'postgres'

/** Sends one binary COPY. A backend that dies meanwhile may leave this hanging for ever (postgres.js #1173): keep a watchdog on it. */
export async function copyIn(
  client: TransactionSql,
  table: string,
  columns: readonly string[],
  bytes: Buffer,
): Promise<void> {
  const copy = new CopyStream(client, table, columns)
  await copy.send(bytes)
  await copy.end()
}

/** A binary COPY that is sent piece by piece, so that Postgres stores the first rows while the next are made. Opens with its first piece. */
export class CopyStream {
  private stream: Writable | null = null

  constructor(
    private readonly client: TransactionSql,
    private readonly table: string,
    private readonly columns: readonly string[],
  ) {}

  /** @param bytes taken over as they are now: the caller may write over them at once. Returns to the event loop in between. */
  async send(bytes: Buffer): Promise<void> {
    const piece = Buffer.from(bytes)
    this.stream ??= await this.open()
    if (!this.stream.write(piece)) await once(this.stream, 'drain')
    await new Promise((go) => setImmediate(go))
  }

  /** Resolves when Postgres has taken the rows. */
  async end(): Promise<void> {
    if (!this.stream) return
    const done = once(this.stream, 'finish')
    this.stream.end()
    await done
  }

  private async open(): Promise<Writable> {
    const names = this.columns.map((name) => `"${name}"`).join(', ')
    const stream = await this.client.unsafe(`copy "${this.table}" (${names}) from stdin (format binary)`).writable()
    // Whoever waits for the stream hears of it as well; without a listener an error between two waits would end the process.
    stream.on('error', () => {})
    return stream
  }
}
