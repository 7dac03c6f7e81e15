'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useToast } from '@/app/_ui/toast'

/** Work on the server that a person asked for: `refused` says why it was not done, and what is on the screen is read again either way. */
export function useAct() {
  const client = useQueryClient()
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries(),
  })
  return {
    busy: isPending,
    refused: error ? reason(error) : null,
    /** Undefined once it is done, else why not. */
    act: (work: () => Promise<unknown>): Promise<string | undefined> => mutateAsync(work).then(() => undefined, reason),
  }
}

/** The same, told in a line at the foot of the page, with the way back; a refusal begins with `unchanged`. */
export function useActAloud(unchanged: string) {
  const { act } = useAct()
  const say = useToast()
  return async (work: () => Promise<unknown>, done: string, undo?: () => void): Promise<void> => {
    const refused = await act(work)
    say(refused ? { text: `${unchanged}: ${refused}`, failed: true } : { text: done, ...(undo ? { undo } : {}) })
  }
}

export const reason = (error: unknown): string => (error instanceof Error ? error.message : 'the server did not answer')
