'use client'

import { useMemo, useState } from 'react'
import type { AlertKind } from '@/lib/alert/finding'
import type { Strip } from '@/lib/view/strip'
import { measure, percent, plural } from '../format'
import { exact } from '../instant'
import { kindWords, streamWords } from '../words'
import { Brush } from './brush'
import { Chart } from './chart'
import css from './evidence-strip.module.css'
import { Figure, type Twin } from './figure'
import { MarkLegend } from './mark-legend'
import { alarmShare, type Domain, peak, sampleAt, watchShare } from './strip'
import { effectHeight, figureHeight, insets, rowHeight, type StripSize, stripOption } from './strip-option'

/** The group whose charts share one time axis and cursor. */
export const stripGroup = 'strips'

interface Props {
  strip: Strip
  domain: Domain | null
  size: StripSize
  /** Show the effect below, in this unit. */
  effectUnit?: string
  onRange?: (from: number, to: number) => void
}

/** Evidence over time as a share of the promise: the product's signature. The inline size is StripInline. */
export function EvidenceStrip({ strip, domain, size, effectUnit, onRange }: Props) {
  const title = stripTitle(strip)
  const [cursor, setCursor] = useState<number | null>(null)
  const [from, to] = domain ?? []
  const option = useMemo(
    () => (from === undefined || to === undefined ? null : stripOption(strip, [from, to], size, effectUnit)),
    [strip, from, to, size, effectUnit],
  )
  const height = size === 'row' ? rowHeight : figureHeight + (effectUnit === undefined ? 0 : effectHeight)
  const chart = option && (
    <Chart
      option={option}
      height={height}
      group={stripGroup}
      label={`${title}: ${summary(strip)}`}
      onCursor={setCursor}
    />
  )
  const effectName = size === 'figure' && effectUnit !== undefined && (
    <p className={css.effect} style={{ top: figureHeight - 6 }} title={effectUnit}>
      effect: {effectUnit}
    </p>
  )
  return (
    <Figure title={title} note={<Readout strip={strip} cursor={cursor} />} twin={twinOf(strip)}>
      {option ? (
        <>
          {onRange && domain ? (
            <Brush domain={domain} inset={insets[size]} onRange={onRange}>
              {chart}
              {effectName}
            </Brush>
          ) : (
            <div className={css.plot}>
              {chart}
              {effectName}
            </div>
          )}
          {size === 'figure' && <MarkLegend strip={strip} />}
        </>
      ) : (
        <p className={css.none} style={{ height }}>
          No evidence in this range yet.
        </p>
      )}
    </Figure>
  )
}

/** Strips are named by what they watch; a kind is said in words. */
export const stripTitle = ({ title }: Strip): string =>
  streamWords[title] ?? kindWords[title as AlertKind] ?? unitWords(title)

/** What is under the cursor; without one, where it stands now. */
function Readout({ strip, cursor }: { strip: Strip; cursor: number | null }) {
  const point = cursor === null ? strip.points.at(-1) : sampleAt(strip.points, cursor)
  if (!point) return null
  const poison = point.kind.startsWith('poison.')
  const tone =
    point.share >= alarmShare ? (poison ? 'poison' : 'alarm') : point.share >= watchShare ? 'watch' : undefined
  return (
    <span>
      <span className={css.share} data-tone={tone}>
        {percent(point.share)}
      </span>{' '}
      {point.share >= alarmShare ? 'held since its alarm' : 'of the way to an alarm'}
      {point.unit && unitWords(point.unit) !== stripTitle(strip) && ` · ${unitWords(point.unit)}`}
      {cursor !== null && ` · ${exact(point.at)}`}
    </span>
  )
}

/** `feature=temp_max & label=ham` → `temp_max, ham`: the key is clear from the place. */
export const unitWords = (unit: string): string =>
  unit
    .split(' & ')
    .map((part) => part.slice(part.indexOf('=') + 1))
    .join(', ')

const summary = (strip: Strip): string => {
  const worst = peak(strip.points)
  const alarms = strip.marks.filter((m) => m.kind === 'alarm').length
  return worst
    ? `evidence over time, at most ${percent(worst.share)} of the way to an alarm on ${exact(worst.at)}, ${plural(alarms, 'alarm')}`
    : 'no evidence yet'
}

const twinOf = (strip: Strip): Twin => ({
  columns: ['Time', 'Evidence', 'ln E', 'Threshold', 'Effect', 'Unit'],
  rows: strip.points.map((p) => [
    exact(p.at),
    percent(p.share),
    measure(p.logE),
    measure(p.threshold),
    measure(p.effect),
    p.unit,
  ]),
})
