'use client'

import { useMemo } from 'react'
import type { Comparison as Data } from '@/lib/alert/finding'
import { percent } from '../format'
import { Chart } from './chart'
import css from './comparison.module.css'
import { apart, binName, comparisonOption, shares } from './comparison-option'
import { Figure } from './figure'

/** Reference and current over one another, in shares of their own rows. */
export function Comparison({ data, title, height = 180 }: { data: Data; title: string; height?: number }) {
  const option = useMemo(() => comparisonOption(data), [data])
  const [reference, current] = [shares(data.reference), shares(data.current)]
  const rows = data.bins.map((bin, i) => [binName(bin), percent(reference[i] ?? 0), percent(current[i] ?? 0)])
  const twin = { columns: [data.unit === 'numeric' ? 'From' : 'Value', 'Reference', 'Current'], rows }
  return (
    <Figure title={title} note={<Key />} twin={twin}>
      <Chart
        option={option}
        height={height}
        label={`${title}: ${percent(apart(data))} of the current rows lie where the reference does not have them`}
      />
    </Figure>
  )
}

const Key = () => (
  <span className={css.key}>
    <i className={css.reference} aria-hidden="true" /> reference <i className={css.current} aria-hidden="true" />{' '}
    current
  </span>
)
