'use client'

import { useState } from 'react'
import { Section } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { EvidenceStrip } from '@/app/_ui/charts/evidence-strip'
import { TimeAxis } from '@/app/_ui/charts/time-axis'
import { scaleWords } from '@/app/_ui/evidence'
import { plural } from '@/app/_ui/format'
import { useRange } from '@/app/_ui/use-range'
import type { ModelDetail } from '@/lib/view/model'
import type { Strip } from '@/lib/view/strip'
import { isOfSource } from './of-source'
import css from './strips.module.css'

/** Strips that are shown however calm they are. */
const fewest = 3
/** It alarmed, or came a tenth of the way to it. */
const tells = (strip: Strip) => strip.marks.some((m) => m.kind === 'alarm') || strip.points.some((p) => p.share >= 0.1)

/** A model's strips on one axis, calm ones one button away; what belongs to a single source stands in the table of sources. */
export function Strips({ model }: { model: ModelDetail }) {
  const { domain, setRange, setLast, from } = useRange()
  const [all, setAll] = useState(false)
  const strips = model.strips.filter((s) => !isOfSource(s))
  const axis = domain(strips)
  const telling = strips.filter(tells)
  const shown = all || strips.length <= fewest ? strips : telling.length > 0 ? telling : strips.slice(0, fewest)
  const calm = strips.length - shown.length
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
        {shown.map((strip) => (
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
      {calm > 0 && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          {plural(calm, 'more kind')} of evidence, all calm
        </Button>
      )}
    </Section>
  )
}
