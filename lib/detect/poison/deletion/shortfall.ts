import { blockRows } from './spread'
import { mostStrata } from './strata'
import { at, blocksKept, cameSince, each } from './stratum-book'
import type { StratumState } from './stratum-state'

/** What a stratum is short of, since the block with which that began: rows that came and were due; their share that did not come. */
export interface Shortfall {
  readonly fromBlock: number
  readonly came: number
  readonly due: number
  readonly fall: number
}

/** The run itself holds every shortfall of a fifth, so it takes in some usual blocks before a great one: they are taken off again. */
export function shortfallOf(state: StratumState, stratum: number): Shortfall {
  const { book, blocks } = state
  const o = stratum * each
  const from = Math.max(book.numbers[o + at.fromBlock] as number, blocks - blocksKept + 1)
  const came = book.numbers[o + at.came] as number
  const due = (book.numbers[o + at.due] as number) * unlearned(state, stratum, from)
  const fromBlock = onsetBlock(state, stratum, from)
  const usual = fromBlock > from ? cameSince(book, stratum, from, fromBlock - 1) : { came: 0, blocks: 0 }
  const left = Math.max(0, came - usual.came)
  const dueOfLeft = due * (1 - usual.blocks / (blocks - from + 1))
  return { fromBlock, came: left, due: dueOfLeft, fall: dueOfLeft > 0 ? 1 - left / dueOfLeft : 0 }
}

/** What the run was short of was learned as it went: by how much that made less due in the middle of it, by its shares of all rows. */
function unlearned({ book, blocks, rows }: StratumState, stratum: number, from: number): number {
  const run = cameSince(book, stratum, from, blocks)
  const ofRun = blockRows * run.blocks
  const before = (book.numbers[stratum * each + at.count] as number) - run.came
  const rowsBefore = rows - ofRun
  return rowsBefore > 0 && before > 0
    ? Math.max(1, (before * (rowsBefore + ofRun / 2)) / ((before + run.came / 2) * rowsBefore))
    : 1
}

/** The block since which one fall, whatever its size, is most likely, by what came whoever sent it, and the stratum's share of all rows before. */
function onsetBlock({ book, blocks, rows }: StratumState, stratum: number, from: number): number {
  const run = cameSince(book, stratum, from, blocks)
  const rowsBefore = Math.max(blockRows, rows - blockRows * run.blocks)
  const dueEach = (((book.numbers[stratum * each + at.count] as number) - run.came) / rowsBefore) * blockRows
  let most = 0
  let onset = from
  for (let b = blocks, came = 0, due = 0; b >= from; b--) {
    came += book.came[(b % blocksKept) * mostStrata + stratum] as number
    due += dueEach
    const nats = came < due ? due - came + (came > 0 ? came * Math.log(came / due) : 0) : 0
    if (nats >= most) [most, onset] = [nats, b]
  }
  return onset
}
