import { conceptDrift } from '@/lib/detect/concept/concept'
import type { Detector } from '@/lib/detect/detector'
import { categoricalFeature } from '@/lib/detect/drift/category/categorical-feature'
import { embeddingDrift } from '@/lib/detect/drift/embedding/embedding'
import { jointDependence } from '@/lib/detect/drift/joint/joint'
import { numericFeature } from '@/lib/detect/drift/numeric/numeric-feature'
import { pairDependence } from '@/lib/detect/drift/pair/pair'
import { segmentCategory } from '@/lib/detect/drift/segment/segment-category'
import { segmentFeature } from '@/lib/detect/drift/segment/segment-feature'
import { segmentShare } from '@/lib/detect/drift/segment/segment-share'
import { textDrift } from '@/lib/detect/drift/text/text'
import { usualRelation } from '@/lib/detect/drift/usual/usual-relation'
import { availability } from '@/lib/detect/poison/availability/availability'
import { cleanLabel } from '@/lib/detect/poison/clean-label/clean-label'
import { sequenceGaps } from '@/lib/detect/poison/deletion/sequence'
import { stratumDeletion } from '@/lib/detect/poison/deletion/stratum'
import { flood } from '@/lib/detect/poison/injection/flood'
import { shilling } from '@/lib/detect/poison/injection/shilling'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { carelessLabeler } from '@/lib/detect/poison/labeler/labeler'
import { slowPoison } from '@/lib/detect/poison/slow/slow'
import { sybils } from '@/lib/detect/poison/sybil/sybil'
import { targeted } from '@/lib/detect/poison/targeted/targeted'
import { trigger } from '@/lib/detect/poison/trigger/trigger'
import { predictionDrift } from '@/lib/detect/prediction/prediction'
import { qualityFlags } from '@/lib/detect/quality/flags'
import { volume } from '@/lib/detect/quality/volume'

/** Every detector that a monitor runs, in the order in which their alarms of one line are judged. */
// biome-ignore lint/suspicious/noExplicitAny: the monitor keeps each detector's state beside it and never looks into it.
export const detectors: readonly Detector<any, any>[] = [
  qualityFlags,
  volume,
  numericFeature,
  usualRelation,
  categoricalFeature,
  segmentFeature,
  segmentCategory,
  segmentShare,
  pairDependence,
  jointDependence,
  textDrift,
  embeddingDrift,
  predictionDrift,
  conceptDrift,
  labelFlip,
  availability,
  sybils,
  targeted,
  trigger,
  cleanLabel,
  flood,
  shilling,
  stratumDeletion,
  sequenceGaps,
  carelessLabeler,
  slowPoison,
]
