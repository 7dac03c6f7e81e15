'use client'

import { Section } from '@/app/_shell/screen'
import { EvidenceStrip } from '@/app/_ui/charts/evidence-strip'
import { TimeAxis } from '@/app/_ui/charts/time-axis'
import { scaleWords } from '@/app/_ui/evidence'
import { useRange } from '@/app/_ui/use-range'
import type { ModelDetail } from '@/lib/view/types'
import { isOfSource } from './of-source'
import css from './strips.module.css'

/** A model's strips on one axis; what belongs to a single source stands in the table of sources. */
export function Strips({ model }: { model: ModelDetail }) {
  const { domain, setRange, setLast, from } = useRange()
  const strips = model.strips.filter((s) => !isOfSource(s))
  const axis = domain(strips)
  return (
    <Section
      title="Evidence"
      aside={
        from ? (
          <button type="button" className={css.all} onClick={() => void setLast(null)}>
            show all time
          </button>
        ) : (
          `${scaleWords}; drag over a strip to look closer`
        )
      }
    >
      <div className={css.strips}>
        {strips.map((strip) => (
          <EvidenceStrip
            key={strip.id}
            strip={strip}
            domain={axis}
            size="row"
            onRange={(a, b) => void setRange(a, b)}
          />
        ))}
      </div>
      {axis && <TimeAxis domain={axis} />}
    </Section>
  )
}
