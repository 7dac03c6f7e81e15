import { commandLine } from '@/lib/local/process-mark.mjs'

const parentCheckMs = 250

/**
 * Resolves when this process is asked to end: SIGTERM, SIGINT (Ctrl-C), or the death of what has started it, be that the Assay process whose part
 * this one is or the npm that stands between a person and us.
 */
export function toldToEnd(): Promise<void> {
  return new Promise((done) => {
    // Not once: npm hands on the Ctrl-C that the terminal has sent us as well, and a second signal with nobody listening kills.
    process.on('SIGTERM', () => done())
    process.on('SIGINT', () => done())
    if (process.channel) process.once('disconnect', () => done())
    else if (commandLine(process.ppid).startsWith('npm ')) whenParentDies(done)
  })
}

function whenParentDies(done: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    done()
  }, parentCheckMs)
  timer.unref()
}

/** Tells the process that has started this one, if one has, that it does its work now. */
export function sayReady(): void {
  process.send?.('ready')
}
