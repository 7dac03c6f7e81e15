/**
 * Runs `work` while holding the lock file at `path`; waits for another holder. A holder that died leaves nothing behind that needs a hand.
 * @param onWait is called once when it has to wait, with the holder's process id
 */
export function withLock<T>(path: string, work: () => Promise<T> | T, onWait?: (pid: number) => void): Promise<T>
