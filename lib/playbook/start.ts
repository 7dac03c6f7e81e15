import type { Tx } from '@/db/tx'
import type { Playbook } from './playbook'

/** Gives an incident the tasks of a playbook, once. @returns how many tasks are new. */
export async function startPlaybook(tx: Tx, incidentId: string, playbook: Playbook, now: Date): Promise<number> {
  const from = await tx.tasks.nextPosition(incidentId)
  const added = await tx.tasks.insert(
    playbook.steps.map((step, i) => ({
      id: `t-${incidentId.replace(/^i-/, '')}-${playbook.id}-${step.id}`,
      incidentId,
      step: `${playbook.id}/${step.id}`,
      phase: step.phase,
      title: step.title,
      guidance: step.guidance,
      position: from + i,
      dueAt: new Date(now.getTime() + step.dueMinutes * 60_000),
      updatedAt: now,
    })),
  )
  if (added > 0) {
    await tx.timeline.add({
      incidentId,
      at: now,
      kind: 'playbook.started',
      actor: 'assay',
      body: { playbook: playbook.id, title: playbook.title, tasks: added },
    })
  }
  return added
}
