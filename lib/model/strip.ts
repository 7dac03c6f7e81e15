import type { AlertKind, Severity } from '@/lib/alert/finding'
import { shareOfPromise } from '@/lib/evidence/share'
import type { Strip, StripMark, StripPoint } from '@/lib/view/strip'
import type { TimeRange } from './time-range'

interface Evidence {
  readonly at: Date
  readonly kind: AlertKind
  readonly unit: string
  readonly logE: number
  readonly threshold: number
  readonly effect: number
}
interface Fired {
  readonly id: string
  readonly kind: AlertKind
  readonly severity: Severity
  readonly logE: number
  readonly threshold: number
  readonly effect: number
  readonly onsetAt: Date
  readonly firedAt: Date
}
interface Version {
  readonly version: string
  readonly at: Date
}

const inside = (at: Date, range: TimeRange) => at >= range.from && at <= range.to

/**
 * A strip from its samples, and what happened along it. An alarm is a point of its own: its unit starts anew right after, so the samples around never
 * reach the threshold.
 */
export function makeStrip(
  name: { id: string; title: string },
  evidence: readonly Evidence[],
  happened: { fired: readonly Fired[]; versions: readonly Version[] },
  range: TimeRange,
): Strip {
  const points: StripPoint[] = [
    ...evidence.map(({ at, kind, unit, logE, threshold, effect }) => ({
      at: at.toISOString(),
      share: shareOfPromise({ logE, threshold }),
      logE,
      threshold,
      effect,
      unit,
      kind,
    })),
    ...happened.fired
      .filter((f) => inside(f.firedAt, range))
      .map((f) => ({
        at: f.firedAt.toISOString(),
        share: shareOfPromise(f),
        logE: f.logE,
        threshold: f.threshold,
        effect: f.effect,
        unit: '',
        kind: f.kind,
      })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.share - b.share))
  return { ...name, points, marks: marksOf(happened, range) }
}

/** Versions shown on a strip; a model that publishes more often would hide its own alarms. */
const maxVersions = 60

export function marksOf(
  { fired, versions }: { fired: readonly Fired[]; versions: readonly Version[] },
  range: TimeRange,
): StripMark[] {
  const step = Math.ceil(versions.length / maxVersions)
  const marks: StripMark[] = [
    ...versions
      .filter((v, i) => i % step === 0 && inside(v.at, range))
      .map((v) => ({ at: v.at.toISOString(), kind: 'version' as const, label: v.version })),
    ...fired.flatMap((f) => {
      const more = { href: `/alerts/${f.id}`, severity: f.severity, poison: f.kind.startsWith('poison.') }
      return [
        ...(inside(f.onsetAt, range)
          ? [{ at: f.onsetAt.toISOString(), kind: 'onset' as const, label: `onset of ${f.kind}`, ...more }]
          : []),
        ...(inside(f.firedAt, range)
          ? [{ at: f.firedAt.toISOString(), kind: 'alarm' as const, label: f.kind, ...more }]
          : []),
      ]
    }),
  ]
  return marks.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
