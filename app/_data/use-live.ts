'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Hint, parseHint, touches } from './hint'

/** At most one refresh in this time, however fast the hints come. */
const pauseMs = 1000

/** Listens to the stream of hints and lets what they touch be read again. Nothing else comes over the stream. */
export function useLive(): boolean {
  const client = useQueryClient()
  const [live, setLive] = useState(true)
  useEffect(() => {
    let waiting: Hint[] = []
    let timer: ReturnType<typeof setTimeout> | null = null
    const refresh = () => {
      const hints = waiting
      waiting = []
      timer = null
      client.invalidateQueries({ predicate: ({ queryKey }) => hints.some((hint) => touches(hint, queryKey[0])) })
    }
    const later = (hint: Hint) => {
      waiting.push(hint)
      timer ??= setTimeout(refresh, pauseMs)
    }
    const stream = new EventSource('/api/v1/stream')
    stream.onopen = () => {
      setLive(true)
      // What changed between the read and the listening, or while the line was down, gave no hint.
      later({})
    }
    stream.onerror = () => setLive(false)
    const onHint = (event: MessageEvent<string>) => {
      const hint = parseHint(event.data)
      if (hint) later(hint)
    }
    stream.onmessage = onHint
    stream.addEventListener('change', onHint)
    return () => {
      stream.close()
      if (timer) clearTimeout(timer)
    }
  }, [client])
  return live
}
