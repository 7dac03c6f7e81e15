/** One thing that must be true before a command can run. Each lies in a file of its own in this folder, plain JavaScript with nothing but Node. */
export interface Step {
  /** What it brings, as people read it. */
  readonly title: string
  /** Quick: whether nothing is to be done. */
  done(place: Place): boolean | Promise<boolean>
  /** Does it. Half-finished work of a killed run is thrown away. @returns a note, when there is more to say than the time it took */
  run(place: Place, progress: (share: number) => void): Promise<string | undefined>
}

export interface Place {
  /** The clone. */
  readonly root: string
  /** ASSAY_HOME, absolute. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}
