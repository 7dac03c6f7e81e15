import type { TransactionSql } from 'postgres'
import { CopyWriter } from '@/ingest/copy/writer'
import type { Taken } from '@/ingest/taken'
import { copyIn } from './copy'

const columns = ['topic', 'partition', 'offset', 'reason', 'bytes', 'size', 'at'] as const
/** What is kept of a refused message. */
const maxBytes = 1 << 20
const writer = new CopyWriter(1 << 16)

/** Keeps every refused message with its reason and its coordinates. */
export async function storeDeadLetters(client: TransactionSql, refused: readonly Taken[], atMs: number): Promise<void> {
  if (refused.length === 0) return
  writer.begin()
  for (const taken of refused) {
    writer.row(columns.length)
    writer.text(taken.topic)
    writer.integer(taken.partition)
    writer.bigint(taken.offset)
    writer.text((taken.refused ?? '').replaceAll('\0', '␀'))
    writer.binary(taken.bytes.subarray(0, maxBytes))
    writer.bigint(taken.bytes.length)
    writer.timestamp(atMs)
  }
  await copyIn(client, 'dead_letter', columns, writer.end())
}
