import type { StoredEvent } from '@/db/queries/events'
import type { AlertKind, Subject } from '@/lib/alert/finding'
import { formatTime } from '@/lib/event/time'
import type { RecordRow } from '@/lib/view/alert'

/** Records shown with an alert; the subject names up to 1,000. */
export const maxRecords = 100

const whyOf: Readonly<Partial<Record<AlertKind, string>>> = {
  'poison.label_flip': 'its label goes against what the model had learned from everyone else',
}

/** Stored events as the records behind an alert, worst first: in the order in which the subject names them. */
export function toRecords(events: readonly StoredEvent[], kind: AlertKind, subject: Subject): RecordRow[] {
  const place = new Map((subject.eventIds ?? []).map((id, i) => [id, i]))
  return [...events]
    .sort((a, b) => (place.get(a.event.id) ?? 0) - (place.get(b.event.id) ?? 0) || a.seq - b.seq)
    .map(({ event, topic, partition, offset }) => {
      const data = event.data as unknown as Record<string, unknown>
      const origin = 'origin' in event.data ? event.data.origin.id : null
      const reason = whyOf[kind]
      return {
        eventId: event.id,
        source: event.source,
        type: event.type,
        topic,
        partition,
        offset,
        time: formatTime(event.timeMs),
        origin,
        label: 'label' in event.data ? event.data.label : null,
        score: null,
        reasons: [
          ...(reason ? [reason] : []),
          ...(subject.origin !== undefined && origin === subject.origin ? [`from ${origin}`] : []),
        ],
        data,
      }
    })
}
