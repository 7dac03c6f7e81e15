import type { Alarm, Detector, UnitStanding } from '@/lib/detect/detector'
import { worstFirst } from '@/lib/evidence/report'
import { bets, type Decided, type Feed, takeNumber } from './gaps'
import { type SequenceState, startSequenceState, touchFeed } from './sequence-state'

/**
 * Rows taken out of a feed whose source numbers them: `sequence` rises by one for each origin's feed, so what is missing leaves gaps.
 *
 * Watches   gaps per (origin, feed). A number that comes late is no gap, nor is one that comes twice.
 * Misses    rows taken away before they were numbered, or numbered anew after; the end of a feed; one gap, however long (an outage); gaps as often as
 *           they were usual for this feed before.
 * Assumes   a row follows a gap at most as often as this feed's rows did, or all feeds' where it is new, with half a gap in 200 rows on top.
 * Evidence  per feed M ← e·(M + mass), e = lᵇ / (1 + p(l − 1)) for b: after a gap, p its usual rate, l of 4, 20, 100; alarm at ΣM ≥ 1 and two gaps.
 * Effect    share of its numbers missing since the onset.
 * Source    recipes/poisoning.md §5; Shin, Ramdas & Rinaldo 2022.
 *
 * @example  ten origins number their rows; from line 3000 on o-3 loses a fourth of them → one finding at line 3226, onset 3036, {origin: "o-3", feed: "main"}.
 */
export interface SequenceParams {
  readonly leastGaps: number
}

/** Rows of a feed, or of all feeds, before a gap is held against anybody. */
const ownRows = 40
const allRows = 400
const priorRows = 200
/** Longer gaps are outages: rows held back singly leave short ones. */
const longGap = 30

export const sequenceGaps: Detector<SequenceParams, SequenceState> = {
  id: 'poison.deletion/sequence',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.15,
  wants: ['influence'],
  minSample: ownRows,
  params: { leastGaps: 2 },
  idle: (state) => state.feeds.size === 0,
  init: startSequenceState,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch) {
      const { event, index } = arrival
      if (event.type !== 'ml.training.v1') continue
      const { sequence, origin, feed: name } = event.data
      if (sequence === undefined || !Number.isFinite(sequence)) continue
      const feed = touchFeed(state, origin.id, name)
      if (!feed) continue
      const decided = takeNumber(feed, sequence, index, event.timeMs)
      const enough = weigh(state, feed, decided, ctx.mass(arrival))
      if (enough && !feed.accused && feed.since.gaps >= sequenceGaps.params.leastGaps) alarms.push(accuse(feed, index))
    }
    return { state, alarms }
  },
  standing(state, limit) {
    const units: UnitStanding[] = []
    for (const feed of state.feeds.values()) {
      if (feed.updates === 0) continue
      const subject = subjectOf(feed)
      units.push({
        kind: 'poison.deletion',
        unit: unitOf(feed),
        subject,
        ...evidenceOf(feed),
        effect: effectOf(feed),
        n: feed.since.rows,
      })
    }
    return worstFirst(units, limit)
  },
}

/** @returns whether the evidence suffices. */
function weigh(state: SequenceState, feed: Feed, decided: Decided, mass: number): boolean {
  const judged = feed.decided >= ownRows && state.rows >= allRows
  const usual = (0.5 + feed.gaps + (priorRows * state.gaps) / Math.max(1, state.rows)) / (priorRows + feed.decided)
  const p = Math.min(1, 1.1 * usual)
  let gap = 0
  for (let i = 0; i < decided.rows; i++) {
    // Gaps of the same row count once; those of rows decided together come first.
    const after = gap < decided.gaps.length
    const its = after ? decided.gaps[gap++] : undefined
    if (judged && !feed.accused) {
      let low = true
      for (let b = 0; b < bets.length; b++) {
        const l = bets[b] as number
        const m = ((feed.m[b] as number) + mass / bets.length) * ((its ? l : 1) / (1 + p * (l - 1)))
        feed.m[b] = Math.min(1e300, m)
        if (m > 2 * mass) low = false
      }
      feed.mass += mass
      feed.updates++
      if (low) feed.since = { gaps: 0, missing: 0, rows: 0 }
    }
    if (its) {
      if (feed.since.gaps === 0) {
        feed.onsetIndex = its.index
        feed.onsetTime = its.timeMs
      }
      feed.since.gaps++
      feed.since.missing += its.missing
    }
    feed.since.rows++
  }
  feed.gaps += decided.gaps.length
  if (!feed.accused) {
    state.rows += decided.rows
    state.gaps += decided.gaps.length
  }
  return total(feed) >= 1
}

const total = (feed: Feed): number => feed.m.reduce((a, b) => a + b, 0)
const unitOf = ({ origin, feed }: Feed) => `origin=${origin}${feed === undefined ? '' : ` feed=${feed}`}`
const subjectOf = ({ origin, feed }: Feed) => ({ origin, ...(feed === undefined ? {} : { feed }) })
const effectOf = ({ since }: Feed) => since.missing / Math.max(1, since.missing + since.rows)

function evidenceOf(feed: Feed): { logE: number; threshold: number } {
  const threshold = feed.updates > 0 ? -Math.log(feed.mass / feed.updates) : 0
  const m = total(feed)
  return { logE: m > 0 ? Math.max(-50, Math.log(m) + threshold) : -50, threshold }
}

function accuse(feed: Feed, eventIndex: number): Alarm {
  feed.accused = true
  const { gaps, missing, rows } = feed.since
  const long = missing / gaps > longGap
  return {
    kind: 'poison.deletion',
    unit: unitOf(feed),
    subject: subjectOf(feed),
    eventIndex,
    onsetIndex: feed.onsetIndex,
    onsetTimeMs: feed.onsetTime,
    ...evidenceOf(feed),
    effect: effectOf(feed),
    effectUnit: 'share of its numbers that did not come',
    n: rows,
    severity: long ? 'warning' : 'critical',
    verdict: long ? 'pipeline-bug' : 'poisoning',
    why: `${missing} numbers in ${gaps} gaps are missing among ${rows} rows of ${unitOf(feed)}; before, ${feed.gaps - gaps} gaps in ${Math.max(0, feed.decided - rows)}`,
    test: `Numbers that come late were waited for. ${
      long
        ? 'Whole stretches are missing: batches lost on the way'
        : 'Single rows are missing here and there, ' +
          'in this feed and not as usual: somebody chooses. Loss at random on the way of this feed alone would look the same'
    }.`,
  }
}
