import type { AlertKind } from '@/lib/alert/finding'

/**
 * One change is said once a kind: the first alarm of the family opens an episode of 2,000 events of the model, and what else it moves stays silent.
 * At its end every unit watches on from the level since the onset. Source: recipes/drift.md §5.
 */
export interface Episode {
  /** First affected prediction; the latest estimate. */
  onset: number
  /** Event of the model at which it opened, and closes. */
  opened: number
  closes: number
  closed: boolean
  kinds: AlertKind[]
  /** The mix of the classes alone was said to have moved. */
  mixOnly: boolean
}

const lastsEvents = 2000
/** Onsets up to so many predictions after an episode opened belong to it still. */
const reach = 250

export const startEpisode = (onset: number, event: number): Episode => ({
  onset,
  opened: event,
  closes: event + lastsEvents,
  closed: false,
  kinds: [],
  mixOnly: false,
})

/** Does an alarm belong to the episode? @param openedAt number of the latest prediction when it opened. */
export const belongs = (episode: Episode | null, openedAt: number, onset: number, event: number): boolean =>
  episode !== null && (event <= episode.closes || onset <= openedAt + reach)
