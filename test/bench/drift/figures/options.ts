export interface FigureOptions {
  readonly runs: number
  readonly seed: string
  readonly perEvents: number
}
export type Figure = (options: FigureOptions) => Promise<void>
