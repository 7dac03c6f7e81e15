import type { FeatureSketch, SketchSet } from '@/lib/stats/sketch'

/**
 * A SketchSet as bytes: what `window_sketch.sketches` and `baseline.sketches` hold.
 *
 * Version byte, then per feature: name, n, nulls, absent, other, sum, sum of squares (float64 LE), the bins (ascending, as differences, with
 * counts), the categories (in their order of appearance, with counts). Whole numbers are LEB128, signed ones zigzag: a bin takes some three bytes.
 */
const version = 1

let out = Buffer.allocUnsafe(1 << 16)
let at = 0

export function encodeSketches(set: SketchSet): Buffer {
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
    const bins = Int32Array.from(sketch.numbers.keys()).sort()
    unsigned(bins.length)
    let previous = 0
    for (const bin of bins) {
      signed(bin - previous)
      unsigned(sketch.numbers.get(bin) ?? 0)
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

/** @throws RangeError on a version that this code cannot read, or on bytes cut short. */
export function decodeSketches(bytes: Uint8Array): SketchSet {
  const read = reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const found = read.unsigned()
  if (found !== version) throw new RangeError(`sketch codec version ${found}: this code reads ${version}`)
  const set: SketchSet = new Map()
  for (let left = read.unsigned(); left > 0; left--) set.set(read.string(), decodeOne(read))
  return set
}

function decodeOne(read: ReturnType<typeof reader>): FeatureSketch {
  const sketch: FeatureSketch = {
    n: read.unsigned(),
    nulls: read.unsigned(),
    absent: read.unsigned(),
    other: read.unsigned(),
    sum: read.float(),
    sumSquares: read.float(),
    numbers: new Map(),
    categories: new Map(),
  }
  let bin = 0
  for (let left = read.unsigned(); left > 0; left--) {
    bin += read.signed()
    sketch.numbers.set(bin, read.unsigned())
  }
  for (let left = read.unsigned(); left > 0; left--) sketch.categories.set(read.string(), read.unsigned())
  return sketch
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
