import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { IncidentDetail } from '@/lib/view/incident'
import { type incidentInput, readIncident } from './read'

/** An incident on paper: what was found, when, what was done about it. The same incident gives the same dossier. */
export interface Dossier {
  readonly format: 'assay.dossier.v1'
  readonly incident: Omit<IncidentDetail, 'strip' | 'alertItems' | 'taskItems' | 'timeline'>
  /** Seconds of ingest time, and of event time from the first affected event; null: not yet. */
  readonly times: {
    readonly onsetToOpenedEventS: number | null
    readonly openedToAcknowledgedS: number | null
    readonly openedToResolvedS: number | null
  }
  readonly alerts: IncidentDetail['alertItems']
  readonly tasks: IncidentDetail['taskItems']
  readonly timeline: IncidentDetail['timeline']
}

export async function readDossier(ctx: Context, input: z.input<typeof incidentInput>): Promise<Dossier> {
  const { strip: _strip, alertItems, taskItems, timeline, ...incident } = await readIncident(ctx, input)
  const firstFired = alertItems.map((alert) => alert.firedAt).sort()[0]
  const acknowledged = timeline.find((entry) => entry.kind === 'alert.acknowledged' || entry.kind === 'alert.assigned')
  return {
    format: 'assay.dossier.v1',
    incident,
    times: {
      onsetToOpenedEventS: seconds(incident.onsetAt, firstFired),
      openedToAcknowledgedS: seconds(incident.openedAt, acknowledged?.at),
      openedToResolvedS: seconds(incident.openedAt, incident.resolvedAt),
    },
    alerts: alertItems,
    tasks: taskItems,
    timeline,
  }
}

const seconds = (from: string, to: string | null | undefined) =>
  to ? (Date.parse(to) - Date.parse(from)) / 1000 : null
