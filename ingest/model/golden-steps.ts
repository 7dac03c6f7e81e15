import type { Db } from '@/db/client'
import { type GoldenStep, goldenBetween, markGolden, pendingGolden } from '@/db/queries/golden-steps'
import { type Monitors, monitorOptions, realMonitors } from './monitors'
import type { Watched } from './watched'

/** Takes on the trusted sets that were approved since, before the next event of each model, and writes down where that was. The rows of the models are held. */
export async function takeGolden(
  db: Pick<Db, 'select' | 'update'>,
  held: readonly Watched[],
  monitors?: Monitors,
): Promise<void> {
  const steps = await pendingGolden(
    db,
    held.map(({ key }) => key),
  )
  for (const step of steps) {
    const watched = held.find(({ key }) => key === step.modelKey)
    if (!watched) continue
    trust(watched, step, monitors)
    await markGolden(db, step.id, watched.seq)
  }
}

/** What was taken on before the events (from, to], by event: a monitor that sees them again takes it on at the same places. */
export async function goldenStepsBetween(
  db: Pick<Db, 'select'>,
  modelKey: number,
  from: number,
  to: number,
  monitors?: Monitors,
): Promise<{ readonly next: () => number; take(watched: Watched): void }> {
  const steps = await goldenBetween(db, modelKey, from, to)
  return {
    next: () => steps[0]?.seq ?? Number.POSITIVE_INFINITY,
    take(watched) {
      while (steps[0] && steps[0].seq <= watched.seq) trust(watched, steps.shift() as GoldenStep, monitors)
    },
  }
}

function trust(watched: Watched, { rows, id }: GoldenStep, monitors: Monitors = realMonitors): void {
  watched.golden = rows
  // Before the first event it is as if it had been there from the start: as a replay with --golden.
  if (watched.seq === 0) watched.monitor = monitors.create(monitorOptions(watched))
  else watched.monitor.trust(rows, id)
}
