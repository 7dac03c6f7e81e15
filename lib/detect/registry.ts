import type { Detector } from '@/lib/detect/detector'
import { categoricalFeature } from '@/lib/detect/drift/categorical-feature'
import { errorDrift } from '@/lib/detect/drift/error'
import { numericFeature } from '@/lib/detect/drift/numeric-feature'
import { labelFlip } from '@/lib/detect/poison/label-flip'

/** Every detector that a monitor runs, in the order in which their alarms of one line are judged. */
// biome-ignore lint/suspicious/noExplicitAny: the monitor keeps each detector's state beside it and never looks into it.
export const detectors: readonly Detector<any, any>[] = [numericFeature, categoricalFeature, errorDrift, labelFlip]
