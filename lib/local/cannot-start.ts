/** Something outside Assay stands in the way; the message says what to do about it, and no stack is shown. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
  readonly expected = true

  static portTaken(host: string, port: number): CannotStart {
    return new CannotStart(
      `PORT=${port}: another program listens on ${host}:${port}; end it, or set PORT to a free port, such as PORT=${port + 1}`,
    )
  }

  static runsAlready(home: string, pid: number): CannotStart {
    return new CannotStart(
      `Assay runs already with ASSAY_HOME=${home} (process ${pid}): end it, or set ASSAY_HOME to another folder`,
    )
  }
}
