/** What tells one life of a process id from the next: boot and start time. Null when no such process lives. */
export function processMark(pid: number): string | null
/** The command line of a living process, arguments joined by spaces; empty when it is gone or cannot be read. */
export function commandLine(pid: number): string
