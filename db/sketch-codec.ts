import { BinCounts } from '@/lib/stats/bin-counts'
import { countCategory, emptySketch, type FeatureSketch, type SketchSet } from '@/lib/stats/sketch'

/** A sketch, or one that is still being counted. */
export type Countable = Omit<FeatureSketch, 'numbers'> & { readonly numbers: ReadonlyMap<number, number> | BinCounts }

/**
 * A SketchSet as bytes: what `window_sketch.sketches` and `baseline.sketches` hold.
 *
 * Version byte, then per feature: name, n, nulls, absent, other, sum, sum of squares (float64 LE), the bins (ascending, as differences, with
 * counts), the categories (in their order of appearance, with counts). Whole numbers are LEB128, signed ones zigzag: a bin takes some three bytes.
 */
const version = 1
/** Bytes of a set without features. */
export const emptySketches = 2

let out = Buffer.allocUnsafe(1 << 16)
let at = 0

export function encodeSketches(set: ReadonlyMap<string, Countable>): Buffer {
  at = 0
  byte(version)
  unsigned(set.size)
  for (const [name, sketch] of set) {
    string(name)
    unsigned(sketch.n)
    unsigned(sketch.nulls)
    unsigned(sketch.absent)
    unsigned(sketch.other)
    float(sketch.sum)
    float(sketch.sumSquares)
    const { bins, count } = sketch.numbers instanceof BinCounts ? sketch.numbers.sorted() : sorted(sketch.numbers)
    unsigned(bins.length)
    room(bins.length * 20)
    let previous = 0
    for (let i = 0; i < bins.length; i++) {
      const bin = bins[i] as number
      const step = bin - previous
      const times = count(bin)
      // Nearly all of them take a byte each.
      if (step >= 0 && step < 0x40 && times < 0x80) {
        out[at++] = 2 * step
        out[at++] = times
      } else {
        signed(step)
        unsigned(times)
      }
      previous = bin
    }
    unsigned(sketch.categories.size)
    for (const [category, count] of sketch.categories) {
      string(category)
      unsigned(count)
    }
  }
  return Buffer.from(out.subarray(0, at))
}

function sorted(numbers: ReadonlyMap<number, number>) {
  return { bins: Int32Array.from(numbers.keys()).sort(), count: (bin: number) => numbers.get(bin) ?? 0 }
}

/** @throws RangeError on a version that this code cannot read, or on bytes cut short. */
export function decodeSketches(bytes: Uint8Array): SketchSet {
  const set: SketchSet = new Map()
  decodeInto(set, bytes)
  return set
}

/** Adds a stored set to `into`: what `mergeSets` of the decoded one would do, with nothing in between. @throws as `decodeSketches`. */
export function decodeInto(into: SketchSet, bytes: Uint8Array): void {
  const read = reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const found = read.unsigned()
  if (found !== version) throw new RangeError(`sketch codec version ${found}: this code reads ${version}`)
  for (let left = read.unsigned(); left > 0; left--) {
    const name = read.string()
    let sketch = into.get(name)
    if (!sketch) {
      sketch = emptySketch()
      into.set(name, sketch)
    }
    addStored(sketch, read)
  }
}

function addStored(sketch: FeatureSketch, read: ReturnType<typeof reader>): void {
  sketch.n += read.unsigned()
  sketch.nulls += read.unsigned()
  sketch.absent += read.unsigned()
  sketch.other += read.unsigned()
  sketch.sum += read.float()
  sketch.sumSquares += read.float()
  const { numbers } = sketch
  let bin = 0
  for (let left = read.unsigned(); left > 0; left--) {
    bin += read.signed()
    numbers.set(bin, (numbers.get(bin) ?? 0) + read.unsigned())
  }
  for (let left = read.unsigned(); left > 0; left--) countCategory(sketch, read.string(), read.unsigned())
}

function room(bytes: number): void {
  if (at + bytes <= out.length) return
  const larger = Buffer.allocUnsafe(Math.max(out.length * 2, at + bytes))
  out.copy(larger, 0, 0, at)
  out = larger
}

function byte(value: number): void {
  room(1)
  out[at++] = value
}

function unsigned(value: number): void {
  room(10)
  let rest = value
  while (rest >= 0x80) {
    out[at++] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
  }
  out[at++] = rest
}

function signed(value: number): void {
  unsigned(value < 0 ? -2 * value - 1 : 2 * value)
}

function float(value: number): void {
  room(8)
  at = out.writeDoubleLE(value, at)
}

function string(value: string): void {
  const short = value.length < 0x40
  if (short) {
    room(value.length + 1)
    const start = at
    out[at++] = value.length
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      if (code >= 0x80) {
        at = start
        break
      }
      out[at++] = code
    }
    if (at > start) return
  }
  const length = Buffer.byteLength(value)
  unsigned(length)
  room(length)
  at += out.write(value, at)
}

function reader(bytes: Buffer) {
  let from = 0
  function unsigned(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const next = bytes[from++]
      if (next === undefined) throw new RangeError('sketch bytes are cut short')
      value += (next & 0x7f) * scale
      if (next < 0x80) return value
      scale *= 0x80
    }
  }
  return {
    unsigned,
    signed(): number {
      const value = unsigned()
      return value % 2 ? -(value + 1) / 2 : value / 2
    },
    float(): number {
      from += 8
      return bytes.readDoubleLE(from - 8)
    },
    string(): string {
      const length = unsigned()
      from += length
      if (from > bytes.length) throw new RangeError('sketch bytes are cut short')
      return bytes.toString('utf8', from - length, from)
    },
  }
}
