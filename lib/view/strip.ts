import type { AlertKind, Severity } from '@/lib/alert/finding'

/** One point of an evidence strip: the worst unit of that moment. `share`: of the promise, where it alarms at 1 (lib/evidence/share.ts). */
export interface StripPoint {
  at: string
  share: number
  logE: number
  threshold: number
  effect: number
  unit: string
  kind: AlertKind
}

export interface StripMark {
  at: string
  /** ▸ onset · ● alarm · ▲ model version · ◆ label batch · ▮ containment */
  kind: 'onset' | 'alarm' | 'version' | 'label-batch' | 'containment'
  label: string
  href?: string
  severity?: Severity
  poison?: boolean
}

export interface Strip {
  /** Such as `drift.feature` or `origin=vendor-7`. */
  id: string
  title: string
  points: StripPoint[]
  marks: StripMark[]
}
