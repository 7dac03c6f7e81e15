import type { Db } from '@/db/client'
import { type BaselineStep, markStep, pendingSteps, stepsBetween } from '@/db/queries/baseline-steps'
import { type Monitors, monitorOptions, realMonitors } from './monitors'
import { rebase } from './rebase'
import type { Watched } from './watched'

/** Takes on what was decided about the baselines of these models since, before their next event, and writes down where that was. The rows of the models are held. */
export async function takeDecisions(
  db: Pick<Db, 'select' | 'update' | 'execute'>,
  held: readonly Watched[],
  monitors?: Monitors,
): Promise<void> {
  const steps = await pendingSteps(
    db,
    held.map(({ key }) => key),
  )
  for (const step of steps) {
    const watched = held.find(({ key }) => key === step.modelKey)
    if (!watched) continue
    await take(db, watched, step, monitors)
    await markStep(db, step, watched.seq)
  }
}

/** What was decided before the events [from, to], by event: a monitor that sees them again takes it on at the same places. */
export async function decisionsBetween(
  db: Pick<Db, 'select' | 'execute'>,
  modelKey: number,
  from: number,
  to: number,
  monitors?: Monitors,
): Promise<{ readonly next: () => number; take(watched: Watched): Promise<void> }> {
  const steps = await stepsBetween(db, modelKey, from, to)
  return {
    next: () => steps[0]?.seq ?? Number.POSITIVE_INFINITY,
    async take(watched) {
      while (steps[0] && steps[0].seq <= watched.seq) await take(db, watched, steps.shift() as BaselineStep, monitors)
    },
  }
}

async function take(
  db: Pick<Db, 'execute'>,
  watched: Watched,
  step: BaselineStep,
  monitors: Monitors = realMonitors,
): Promise<void> {
  if (!step.range) watched.monitor.adopt(step.subject, step.what)
  else await rebase(db, watched, step.what === 'adopt' ? step.range : null, monitorOptions(watched), monitors)
}
