import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { BaselineDecisionRow } from '@/db/queries/baseline-decisions'
import type { ModelRow } from '@/db/queries/models'
import type { Tx } from '@/db/tx'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict, Invalid } from '@/lib/access/errors'
import { findAlert } from '@/lib/alert/read'
import { findModel, modelInput } from '@/lib/model/find'
import type { AdoptedLevel } from '@/lib/view/alert'
import { hasLevel } from './has-level'
import { toAdopted } from './item'

const at = z.iso.datetime({ offset: true })
const note = z.string().trim().min(1).max(10_000).nullish()
/** The level of what an alert is about, since its onset. */
const ofAlert = z.object({ alertId: z.string().min(1).max(200), note })
/** A pinned range of event time, for the whole model. */
const ofRange = z.object({ from: at, to: at, note })
export const adoptBody = z.union([ofAlert, ofRange])
export const adoptInput = z.intersection(modelInput, adoptBody)

/**
 * Approves a stretch of events as the new normal. It counts from the model's next event on; what was judged stays as it was judged, and it can be
 * withdrawn. A window under an open incident never becomes a baseline: close the incident first.
 * @throws Conflict while an incident of the model is open that began before the stretch ends, where this alert's level is adopted already, or where
 * what alarmed has no level of its own.
 */
export async function adoptBaseline(ctx: Context, input: z.input<typeof adoptInput>): Promise<AdoptedLevel> {
  await ctx.allow('baseline.adopt')
  const wanted = adoptInput.parse(input)
  await ctx.allow('baseline.adopt', wanted.id)
  return ctx.tx(async (tx) => {
    const model = await findModel(tx, wanted.id)
    const stretch = 'alertId' in wanted ? await levelOf(tx, model, wanted.alertId) : rangeOf(model, wanted)
    const open = await tx.baselineDecisions.openIncidentsBefore(model.key, stretch.toAt)
    if (open.length > 0) {
      const named = open.map(({ number, title }) => `incident ${number} (${title})`).join(', ')
      throw new Conflict(
        `${named} ${open.length === 1 ? 'is' : 'are'} open over these events: a window under an open incident never becomes a baseline; close it first`,
        { incidents: open.map(({ id }) => id) },
      )
    }
    const row: BaselineDecisionRow = {
      id: `d-${randomUUID()}`,
      modelKey: model.key,
      ...stretch,
      seq: model.nextSeq,
      appliedSeq: null,
      withdrawnAppliedSeq: null,
      note: wanted.note ?? null,
      decidedBy: ctx.actor.name,
      decidedAt: ctx.now,
      withdrawnBy: null,
      withdrawnAt: null,
      withdrawnSeq: null,
    }
    await tx.baselineDecisions.insert(row)
    await audit(tx, ctx, 'baseline.adopt', `model/${model.id}`, { after: toAdopted(row, model.id) })
    await tx.notify.changed(model.id, ['models', 'alerts'])
    return toAdopted(row, model.id)
  })
}

type Stretch = Pick<BaselineDecisionRow, 'what' | 'alertId' | 'subject' | 'fromAt' | 'toAt'>

async function levelOf(tx: Tx, model: ModelRow, alertId: string): Promise<Stretch> {
  const alert = await findAlert(tx, alertId)
  if (alert.modelKey !== model.key) throw new Invalid(`alertId: ${alertId} is not an alert of ${model.id}`)
  if (alert.kind.startsWith('poison.') || alert.verdict === 'poisoning')
    throw new Conflict('what is held to be poisoning never becomes normal; change the verdict first', {
      alert: alertId,
    })
  if (!hasLevel(alert.kind, alert.subject))
    throw new Conflict(
      `${alert.kind} has no level of its own to adopt, only a whole feature has; pin a range of time (from, to) for the model instead`,
      { alert: alertId },
    )
  if (await tx.baselineDecisions.standingFor(alertId))
    throw new Conflict('this level is adopted already', { alert: alertId })
  const { eventIds: _rows, ...subject } = alert.subject
  const toAt = model.lastEventAt && model.lastEventAt > alert.firedAt ? model.lastEventAt : alert.firedAt
  return { what: 'level', alertId, subject, fromAt: alert.onsetAt, toAt }
}

function rangeOf(model: ModelRow, { from, to }: { from: string; to: string }): Stretch {
  const [fromAt, toAt] = [new Date(from), new Date(to)]
  if (!(fromAt < toAt)) throw new Invalid('from, to: expected a stretch of time that begins before it ends')
  if (!model.firstEventAt || !model.lastEventAt || toAt <= model.firstEventAt || fromAt >= model.lastEventAt)
    throw new Invalid('from, to: the model has no events there')
  return { what: 'range', alertId: null, subject: {}, fromAt, toAt }
}
