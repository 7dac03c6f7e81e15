/** Resolves when this process is asked to end: SIGTERM, SIGINT (Ctrl-C), or the death of the Assay process that has started it. */
export function toldToEnd(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGTERM', () => done())
    process.once('SIGINT', () => done())
    if (process.channel) process.once('disconnect', () => done())
  })
}

/** Tells the process that has started this one, if one has, that it does its work now. */
export function sayReady(): void {
  process.send?.('ready')
}
