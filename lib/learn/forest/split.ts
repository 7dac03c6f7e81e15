import { binCount, edgesEach, type Window } from './window'

/** The best cut of a node so far. `left`: bins up to `bin` of a number; of a category those not in `mask`. */
export interface Cut {
  gain: number
  column: number
  bin: number
  mask: number
}

/** What a tree is grown on: rows of the window with their loads (times drawn × belief). */
export interface Sample {
  window: Window
  classes: number
  /** Rows, those of a node side by side. */
  order: Int32Array
  /** By place in the window. */
  load: Int32Array
  /** Least load of a side. */
  leastLoad: number
}

const mostClasses = 64
const hist = new Int32Array(binCount * mostClasses)
const binLoad = new Float64Array(binCount)
const left = new Float64Array(mostClasses)
const ranked = new Int32Array(binCount)
const rank = new Float64Array(binCount)

/** Tries one column for the node of rows `order[from … to)` with class loads `total`; notes in `best` a cut that beats it. Gini: the sum of squares over the load. */
export function tryColumn(
  sample: Sample,
  column: number,
  from: number,
  to: number,
  total: Float64Array,
  loads: number,
  best: Cut,
): void {
  const { window, classes, order, load, leastLoad } = sample
  const { bins, y, most, edgeCount } = window
  const base = column * most
  let low = binCount
  let high = -1
  hist.fill(0, 0, binCount * classes)
  for (let i = from; i < to; i++) {
    const at = order[i] as number
    const bin = bins[base + at] as number
    const cell = bin * classes + (y[at] as number)
    hist[cell] = (hist[cell] as number) + (load[at] as number)
    if (bin < low) low = bin
    if (bin > high) high = bin
  }
  if (low >= high) return
  const isCategory = (edgeCount[column] as number) < 0
  const count = isCategory ? rankBins(classes, low, high, total) : 0
  const steps = isCategory ? count - 1 : high - low
  for (let k = 0; k < classes; k++) left[k] = 0
  let leftLoad = 0
  for (let s = 0; s < steps; s++) {
    const bin = isCategory ? (ranked[s] as number) : low + s
    let here = 0
    for (let k = 0; k < classes; k++) {
      const c = hist[bin * classes + k] as number
      left[k] = (left[k] as number) + c
      here += c
    }
    if (here === 0) continue
    leftLoad += here
    if (leftLoad < leastLoad) continue
    const rightLoad = loads - leftLoad
    if (rightLoad < leastLoad) break
    let ofLeft = 0
    let ofRight = 0
    for (let k = 0; k < classes; k++) {
      const l = left[k] as number
      const r = (total[k] as number) - l
      ofLeft += l * l
      ofRight += r * r
    }
    const gain = ofLeft / leftLoad + ofRight / rightLoad
    if (gain <= best.gain) continue
    best.gain = gain
    best.column = column
    best.bin = bin
    best.mask = isCategory ? maskAfter(s, count) : 0
  }
}

/** Orders the bins of a category by the share of the node's most frequent class: for two classes the best cut is among the cuts of that order. @returns how many are there. */
function rankBins(classes: number, low: number, high: number, total: Float64Array): number {
  let frequent = 0
  for (let k = 1; k < classes; k++) if ((total[k] as number) > (total[frequent] as number)) frequent = k
  let count = 0
  for (let bin = low; bin <= high; bin++) {
    let sum = 0
    for (let k = 0; k < classes; k++) sum += hist[bin * classes + k] as number
    binLoad[bin] = sum
    if (sum === 0) continue
    const share = (hist[bin * classes + frequent] as number) / sum
    let at = count++
    while (at > 0 && (rank[at - 1] as number) > share) {
      rank[at] = rank[at - 1] as number
      ranked[at] = ranked[at - 1] as number
      at--
    }
    rank[at] = share
    ranked[at] = bin
  }
  return count
}

/** Values that the node has never seen go left, with the bins up to `s` of the order. */
function maskAfter(s: number, count: number): number {
  let mask = 0
  for (let r = s + 1; r < count; r++) mask |= 1 << (ranked[r] as number)
  return mask
}

/** Whether a row goes right. */
export function goesRight({ window }: Sample, cut: Cut, at: number): boolean {
  const bin = window.bins[cut.column * window.most + at] as number
  return (window.edgeCount[cut.column] as number) < 0 ? ((cut.mask >>> bin) & 1) === 1 : bin > cut.bin
}

/** The key up to which rows go left. */
export const keyOfCut = (window: Window, cut: Cut): number => window.edges[cut.column * edgesEach + cut.bin] as number
