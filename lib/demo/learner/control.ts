import type { Learner, Version } from './learner'

/** An event of the topic `assay.control`. */
export interface Control {
  id: string
  type: string
  data: {
    model: string
    origins?: string[]
    batches?: string[]
    eventIds?: string[]
    version?: string
    control?: string
  }
}

export interface Outcome {
  status: 'done' | 'refused'
  detail: string
  /** Rows that are left out now. */
  rows: number
  made: Version | null
}

/**
 * Does what an operator approved, and says what was done.
 *
 * - `assay.quarantine.v1` {origins?, batches?, eventIds?}: learns again without those rows
 * - `assay.freeze.v1`: learns nothing after the rows it has
 * - `assay.rollback.v1` {version}: serves that version and freezes
 * - `assay.restore.v1` {control?}: undoes that control, or all of them
 *
 * @param active   the controls in force; changed
 * @param learned  rows that the model had when the control came
 */
export function applyControl(
  learner: Learner,
  active: Map<string, Control>,
  control: Control,
  learned: number,
): Outcome {
  const { version } = control.data
  if (control.type === 'assay.rollback.v1' && !learner.versions.some((made) => made.version === version))
    return { status: 'refused', detail: `no version ${version ?? '(none named)'}`, rows: 0, made: null }
  if (control.type === 'assay.restore.v1') {
    if (control.data.control === undefined) active.clear()
    else if (!active.delete(control.data.control))
      return { status: 'refused', detail: `nothing to undo for ${control.data.control}`, rows: 0, made: null }
  } else if (/^assay\.(quarantine|freeze|rollback)\.v1$/.test(control.type)) active.set(control.id, control)
  else return { status: 'refused', detail: `unknown control ${control.type}`, rows: 0, made: null }

  const controls = [...active.values()]
  const quarantines = controls.filter(({ type }) => type === 'assay.quarantine.v1').map(({ data }) => data)
  const rollback = controls.filter(({ type }) => type === 'assay.rollback.v1').at(-1)
  const stops = rollback !== undefined || controls.some(({ type }) => type === 'assay.freeze.v1')
  learner.exclude = (row) =>
    quarantines.some(
      ({ origins, batches, eventIds }) =>
        origins?.includes(row.origin) ||
        eventIds?.includes(row.eventId) ||
        (row.batch !== null && batches?.includes(row.batch)),
    )
  learner.frozenAt = stops ? (learner.frozenAt ?? learned) : null
  learner.pinned = rollback?.data.version ?? null
  const relearns = control.type === 'assay.quarantine.v1' || control.type === 'assay.restore.v1'
  const made = relearns ? learner.relearn() : null
  const rows = learner.rows.filter(learner.exclude).length
  return { status: 'done', detail: control.type.slice('assay.'.length, -'.v1'.length), rows, made }
}
