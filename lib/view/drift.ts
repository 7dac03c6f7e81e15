import type { Comparison, Verdict } from '@/lib/alert/finding'
import type { UsualChange } from '@/lib/detect/drift/usual/standing'

export type { UsualChange }

/**
 * What is held of a feature in a window: the verdict of an alert, or how near it is to one. `small`: real, and too small to call anyone for. `wanders`: never at
 * rest, and it changed as it usually does.
 */
export type WindowStanding = Verdict | 'steady' | 'watch' | 'small' | 'wanders' | 'insufficient-data'

export interface HeatMap {
  windowMs: number
  windows: string[]
  /** Worst first. Lists go by window; null: no rows, or of evidence no sample. */
  features: {
    name: string
    type: 'numeric' | 'categorical'
    /** Null-corrected distance between the window and the baseline, 0 to 1. */
    effects: (number | null)[]
    /** The most evidence in the window, as a share of the promise: it alarms at 1. */
    evidence: (number | null)[]
    /** Share of rows without a value. */
    missingBy: (number | null)[]
    n: number[]
    verdicts: (WindowStanding | null)[]
    /** The latest alert about it. */
    alertId: string | null
    /** At its worst in the range. */
    share: number
    logE: number
    threshold: number
    /** Share of rows without a value: in the range, and in the baseline. */
    missing: number
    missingBefore: number
    /** By window, where it is never at rest: what it did, and usually does. Null: it rests, or nothing is known yet. */
    usual: (UsualChange | null)[]
  }[]
}

/** Who carries a movement: per key of the segment, its values; counted over stored rows of the baseline and of the range. */
export interface SegmentBreakdown {
  feature: string | null
  stream: 'prediction' | 'training' | null
  /** Rows that were looked at, of the baseline and of the range. */
  baselineRows: number
  rangeRows: number
  /** All rows of the range were looked at, not only the latest. */
  whole: boolean
  /** How far the feature moved in all of them, null-corrected, 0 to 1. */
  moved: number | null
  keys: {
    key: string
    /** How far the mix of its values moved, null-corrected, 0 to 1. */
    mix: number | null
    /** What carries most of the movement first. */
    values: {
      value: string
      rowsThen: number
      rowsNow: number
      shareThen: number
      shareNow: number
      /** How far the feature moved within it; null: no feature, or no rows on one side. */
      effect: number | null
      /** Its part in the feature's whole movement; the parts of a key add up to it. */
      part: number | null
      /** Share of the promise; null: it has no unit of its own. */
      evidence: number | null
    }[]
  }[]
}

/** How often a model was wrong, by window: as labels showed, and as estimated without them. */
export interface Performance {
  task: string | null
  windowMs: number
  /** What the values are: a share of wrong predictions, or how far off predictions of a quantity are. */
  unit: 'error-rate' | 'mean-absolute-error'
  /** The estimate was corrected by labelled rows of the baseline; null: there is none. */
  calibrated: boolean | null
  realised: { at: string; value: number; low: number; high: number; n: number }[]
  estimated: { at: string; value: number; low: number; high: number }[]
}

/** One feature of a model in a range: reference against current, with quantiles over time where it is a number. */
export interface FeatureDetail {
  name: string
  type: 'numeric' | 'categorical'
  comparison: Comparison
  reference: { n: number; missing: number; mean: number | null }
  current: { n: number; missing: number; mean: number | null }
  /** Where the median of a window usually lies: the middle nine tenths of the windows of the range that no alert covers. Null: too few of them. */
  calm: { low: number; high: number; windows: number } | null
  /** Where it is never at rest: its changes over time beside the usual ones. Null: it rests, or nothing is known yet. */
  usual: { windowMs: number; points: ({ at: string } & UsualChange)[] } | null
  ribbon: { at: string; q05: number; q25: number; q50: number; q75: number; q95: number; n: number }[]
}
