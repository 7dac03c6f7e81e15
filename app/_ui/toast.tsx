'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { Button } from './button'
import css from './toast.module.css'

interface Toast {
  text: string
  undo?: () => void
  failed?: boolean
}

const Say = createContext<(toast: Toast) => void>(() => {})
const staysMs = 8000

/** One line about what was just done, with the way back. A failure stays until it is dismissed. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null)
  const say = useCallback((next: Toast) => setToast(next), [])
  useEffect(() => {
    if (!toast || toast.failed) return
    const timer = setTimeout(() => setToast(null), staysMs)
    return () => clearTimeout(timer)
  }, [toast])
  return (
    <Say value={say}>
      {children}
      <div className={css.place} role="status" aria-live="polite">
        {toast && (
          <div className={css.toast} data-failed={toast.failed || undefined}>
            <span>{toast.text}</span>
            {toast.undo && (
              <Button
                tone="quiet"
                onClick={() => {
                  toast.undo?.()
                  setToast(null)
                }}
              >
                Undo
              </Button>
            )}
            {toast.failed && (
              <Button tone="quiet" onClick={() => setToast(null)}>
                Dismiss
              </Button>
            )}
          </div>
        )}
      </div>
    </Say>
  )
}

export const useToast = () => useContext(Say)
