import type { Context } from '@/lib/access/context'
import type { IngestStatus } from '@/lib/view/ingest'

const latest = 50

/** How events come in: where each partition stands, what was refused and why. A caller kept to some models sees no refused bytes: whose they are is unknown. */
export async function readIngest(ctx: Context, kafka: IngestStatus['kafka']): Promise<IngestStatus> {
  await ctx.allow('ingest.read')
  return ctx.read(async (tx) => {
    const [offsets, events, deadLetters, letters] = await Promise.all([
      tx.status.offsets(),
      tx.status.accepted(ctx.models),
      tx.status.deadLetterCount(),
      ctx.models ? [] : tx.status.latestDeadLetters(latest),
    ])
    return {
      sources: offsets.map(({ topic, partition, next, owner, updatedAt }) => ({
        topic,
        partition,
        next,
        owner,
        updatedAt: updatedAt.toISOString(),
      })),
      events,
      deadLetters,
      latestDeadLetters: letters.map(({ head, at, ...letter }) => ({
        ...letter,
        at: at.toISOString(),
        preview: preview(head),
      })),
      kafka: { ...kafka, brokers: ctx.models ? [] : kafka.brokers },
    }
  })
}

/** The first bytes as text; what cannot be shown is a dot. */
function preview(bytes: Buffer): string {
  return bytes
    .toString('utf8')
    .replace(/[\p{Cc}\p{Cf}\ufffd]/gu, '·')
    .slice(0, 300)
}
