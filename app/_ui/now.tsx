'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const Now = createContext(0)

/** One clock for the page. It starts at the server's time, so that what the browser hydrates says the same, and then ticks. */
export function NowProvider({ start, children }: { start: number; children: ReactNode }) {
  const [now, setNow] = useState(start)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 5000)
    return () => clearInterval(timer)
  }, [])
  return <Now value={now}>{children}</Now>
}

/** Milliseconds since 1970 UTC. */
export const useNow = (): number => useContext(Now)
