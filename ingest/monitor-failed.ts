/** Why an event is refused on which a detector threw: the same words live and in a replay. */
export function monitorFailedReason(cause: unknown): string {
  return `the monitor failed on an event: ${cause instanceof Error ? cause.message : String(cause)}`
}
