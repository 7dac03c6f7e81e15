import { type Book, maxFeatureWords, type PlannedFeature, type Words } from '@/db/book'
import { type EncodedFeatures, featureCode } from '@/ingest/copy/features'
import { addCategory } from '@/lib/stats/sketch'
import { type Counting, type CountingSet, countNumber, sketchOf } from './counting'

const rowsAtOnce = 1000
/** Of a wider plan most events fill little: their features are counted one by one. */
const mostSlots = 256

/**
 * Rows of one window that wait to be counted, column by column: a feature's sketch then stays near the processor, and its values need not be taken
 * out of the event once more. They come as they are written to Postgres, by the slots of the model's book.
 */
export class FeatureColumns {
  /** Where the rows that wait are counted. */
  sketches: CountingSet | null = null
  private book: Book | null = null
  private rows = 0
  /** By slot: NaN where the feature is absent or null. */
  private readonly numbers: Float64Array[] = []
  private readonly nulls = new Int32Array(mostSlots)
  /** By slot: `featureCode`, or the code of a word. */
  private readonly codes: Int16Array[] = []
  /** Columns that these rows fill: what is beyond them is of others. */
  private numberSlots = 0
  private codeSlots = 0

  /**
   * @param sketches where the row is counted. Those that wait for others are counted first.
   * @returns false where the row cannot be taken: count its features one by one.
   */
  add(sketches: CountingSet, book: Book, row: EncodedFeatures): boolean {
    if (row.literals || book.numberSlots + book.codeSlots > mostSlots) return false
    if (sketches !== this.sketches || this.rows === rowsAtOnce) this.count()
    this.sketches = sketches
    this.book = book
    this.widen(book)
    const at = this.rows++
    for (let slot = 0; slot < this.numberSlots; slot++) {
      const there = slot < row.numberCount
      ;(this.numbers[slot] as Float64Array)[at] = there ? (row.numbers[slot] as number) : Number.NaN
      if (row.anyNull && there) (this.nulls[slot] as number) += row.isNull[slot] as number
    }
    for (let slot = 0; slot < this.codeSlots; slot++)
      (this.codes[slot] as Int16Array)[at] = slot < row.codeCount ? (row.codes[slot] as number) : featureCode.absent
    return true
  }

  /** Counts what waits. */
  count(): void {
    const { sketches, book } = this
    if (sketches && book) for (const feature of book.plan) this.countFeature(sketches, feature)
    this.sketches = null
    this.book = null
    this.rows = 0
    this.numberSlots = 0
    this.codeSlots = 0
    this.nulls.fill(0)
  }

  private countFeature(sketches: CountingSet, { name, slot, words }: PlannedFeature): void {
    // What the book took up since the last row is absent in all of them.
    if (slot >= (words ? this.codeSlots : this.numberSlots)) return
    if (words) countCodes(sketches, name, words, (this.codes[slot] as Int16Array).subarray(0, this.rows))
    else this.countNumbers(sketches, name, slot)
  }

  private countNumbers(sketches: CountingSet, name: string, slot: number): void {
    const column = this.numbers[slot] as Float64Array
    const nulls = this.nulls[slot] as number
    let sketch: Counting | null = nulls > 0 ? sketchOf(sketches, name) : null
    if (sketch) sketch.nulls += nulls
    for (let i = 0; i < this.rows; i++) {
      const x = column[i] as number
      if (Number.isNaN(x)) continue
      sketch ??= sketchOf(sketches, name)
      countNumber(sketch, x)
    }
  }

  /** Features that came up since the last row: in the rows before they are absent. */
  private widen(book: Book): void {
    for (; this.numberSlots < book.numberSlots; this.numberSlots++) {
      this.numbers[this.numberSlots] ??= new Float64Array(rowsAtOnce)
      this.numbers[this.numberSlots]?.fill(Number.NaN, 0, this.rows)
    }
    for (; this.codeSlots < book.codeSlots; this.codeSlots++) {
      this.codes[this.codeSlots] ??= new Int16Array(rowsAtOnce)
      this.codes[this.codeSlots]?.fill(featureCode.absent, 0, this.rows)
    }
  }
}

/** How often each code came in a column, and the codes in their order of appearance: it decides which categories are counted by name. */
const times = new Int32Array(maxFeatureWords + 1)
const appeared: number[] = []

function countCodes(sketches: CountingSet, name: string, words: Words, column: Int16Array): void {
  let nulls = 0
  let no = 0
  let yes = 0
  for (let i = 0; i < column.length; i++) {
    const code = column[i] as number
    if (code > 0) {
      if (times[code] === 0) appeared.push(code)
      ;(times[code] as number)++
    } else if (code === featureCode.null) nulls++
    else if (code === featureCode.false) no++
    else if (code === featureCode.true) yes++
  }
  if (appeared.length + nulls + no + yes === 0) return
  const sketch = sketchOf(sketches, name)
  sketch.nulls += nulls
  for (const code of appeared) addCategory(sketch, words.values[code] as string, times[code] as number)
  for (const code of appeared) times[code] = 0
  appeared.length = 0
  if (no > 0) addCategory(sketch, 'false', no)
  if (yes > 0) addCategory(sketch, 'true', yes)
}
