import { metrics } from '@/app/api/_http/metrics'
import type { Context } from '@/lib/access/context'
import { Busy } from '@/lib/access/errors'
import type { Hint, HintHub } from './hints'

export interface StreamLimits {
  /** Streams of this process at once. */
  readonly most: number
  /** A comment so often keeps proxies from closing a silent stream, and finds listeners that are gone. */
  readonly heartbeatMs: number
  /** Then the client connects again, and is asked again who it is. */
  readonly lifeMs: number
}
export const streamLimits: StreamLimits = { most: 500, heartbeatMs: 15_000, lifeMs: 30 * 60_000 }

/** A listener that reads nothing is let go rather than remembered for. */
const mostWaiting = 256
let openStreams = 0
export const streamCount = () => openStreams

/**
 * Server-sent events: hints of what may have changed, for the models that the caller may see. Ends with the request, whatever ends that.
 * @throws Busy when too many are open
 */
export async function hintStream(
  ctx: Context,
  hub: HintHub,
  signal: AbortSignal,
  limits: StreamLimits = streamLimits,
): Promise<Response> {
  if (openStreams >= limits.most) throw new Busy(`${limits.most} streams are open already`)
  openStreams++
  const encode = new TextEncoder()
  let end = () => {
    openStreams--
  }
  try {
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null
    const send = (text: string) => {
      if (!controller) return
      if ((controller.desiredSize ?? 0) < -mostWaiting) return end()
      controller.enqueue(encode.encode(text))
    }
    const unsubscribe = await hub.subscribe((hint) => {
      if (concerns(hint, ctx.models)) send(`event: change\ndata: ${JSON.stringify(hint)}\n\n`)
    })
    const heartbeat = setInterval(() => send(': alive\n\n'), limits.heartbeatMs)
    const life = setTimeout(() => end(), limits.lifeMs)
    let ended = false
    end = () => {
      if (ended) return
      ended = true
      openStreams--
      metrics.streams.set(openStreams)
      unsubscribe()
      clearInterval(heartbeat)
      clearTimeout(life)
      signal.removeEventListener('abort', end)
      try {
        controller?.close()
      } catch {
        // The reader has gone already.
      }
      controller = null
    }
    const body = new ReadableStream<Uint8Array>({
      start(made) {
        controller = made
        send('retry: 2000\n: connected\n\n')
      },
      cancel: () => end(),
    })
    metrics.streams.set(openStreams)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  } catch (error) {
    end()
    throw error
  }
}

const concerns = (hint: Hint, models: readonly string[] | null) =>
  hint.model === null || models === null || models.includes(hint.model)
