'use client'

import { EventTime } from '@/app/_ui/event-time'
import { count, percent } from '@/app/_ui/format'
import { Estimate } from '@/app/_ui/number'
import { Time } from '@/app/_ui/time'
import type { ModelDetail } from '@/lib/view/model'
import css from './facts.module.css'

/** What a model is and how it does, in one line of figures. */
export function Facts({ model }: { model: ModelDetail }) {
  return (
    <dl className={css.facts}>
      <Fact name="Task">
        {model.task ?? 'not known yet'}
        {model.taskInferred && <span className={css.how}> (inferred)</span>}
      </Fact>
      <Fact name="Events">{count(model.events)}</Fact>
      <Fact name="Error, labelled predictions">
        {model.error ? (
          <Estimate value={model.error.value} low={model.error.low} high={model.error.high} n={model.error.n} />
        ) : (
          'no labels yet'
        )}
      </Fact>
      <Fact name="Last arrival">
        <Time at={model.lastIngestedAt} empty="never" />
      </Fact>
      <Fact name="Event time reached">
        <EventTime at={model.lastEventAt} />
      </Fact>
      {model.learning && model.learning.needed > 0 && (
        <Fact name="Baseline">
          {percent(model.learning.seen / model.learning.needed)} learned,{' '}
          {count(model.learning.needed - model.learning.seen)} events to go
        </Fact>
      )}
      <Fact name="The promise" wide>
        {model.budget.words}
      </Fact>
    </dl>
  )
}

const Fact = ({ name, children, wide }: { name: string; children: React.ReactNode; wide?: boolean }) => (
  <div data-wide={wide}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
