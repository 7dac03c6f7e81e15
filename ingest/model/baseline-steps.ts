import type { Db } from '@/db/client'
import { markStep, pendingSteps, stepsBetween } from '@/db/queries/baseline-steps'
import type { Watched } from './watched'

/** Takes on what was decided about the baselines of these models since, before their next event, and writes down where that was. The rows of the models are held. */
export async function takeDecisions(db: Pick<Db, 'select' | 'update'>, held: readonly Watched[]): Promise<void> {
  const steps = await pendingSteps(
    db,
    held.map(({ key }) => key),
  )
  for (const step of steps) {
    const watched = held.find(({ key }) => key === step.modelKey)
    if (!watched) continue
    watched.monitor.adopt(step.subject, step.what)
    await markStep(db, step, watched.seq)
  }
}

/** What was decided before the events [from, to], by event: a monitor that sees them again takes it on at the same places. */
export async function decisionsBetween(
  db: Pick<Db, 'select'>,
  modelKey: number,
  from: number,
  to: number,
): Promise<(seq: number, watched: Pick<Watched, 'monitor'>) => void> {
  const steps = await stepsBetween(db, modelKey, from, to)
  return (seq, { monitor }) => {
    while (steps[0] && steps[0].seq <= seq) {
      const step = steps.shift()
      if (step) monitor.adopt(step.subject, step.what)
    }
  }
}
