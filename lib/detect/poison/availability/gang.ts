import type { Alarm } from '@/lib/detect/detector'
import { hostileShare } from '@/lib/detect/poison/borne'
import { type CrowdState, charge } from './charge'
import type { Member } from './member'
import { hasChanged } from './name-them'
import { fewestNow, isNamed, type Trial } from './trial'
import { wrongRowsOf } from './wrong-rows'

/** Nats of somebody who is new, to be named with others. */
const enoughOfNew = 1.5

/**
 * Labelers who turn labels together. Each is accused by himself: a subject has one labeler. People may guess, lean to a class or be careless from their first row on;
 * so of those who are not new only who has changed is named, and of new ones, if all together turn more labels than one who guesses, or all of them to one class.
 */
export function gangOf(
  state: CrowdState,
  trial: Trial,
  named: readonly Member[],
  eventIndex: number,
): { alarms: readonly Alarm[]; named: readonly Member[] } | null {
  const areNew = trial.fromRow >= 0
  const those = named.filter((member) =>
    areNew && isNamed(trial, member) ? member.gain >= enoughOfNew : hasChanged(member),
  )
  if (those.length < fewestNow(state.crowd)) return null
  const alarm = charge(state, trial, those, () => false, eventIndex)
  const { label } = alarm.subject
  if (label === undefined && turnedBy(state, trial) < hostileShare('labeler', !areNew, state.names.length)) return null
  const alarms = those.map((member): Alarm => {
    const rows = wrongRowsOf(state.wrong, new Set([member.number]), member.onsetIndex)
    return {
      ...alarm,
      kind: 'poison.label_flip',
      unit: `labeler=${member.id}`,
      subject: {
        labeler: member.id,
        ...(label === undefined ? {} : { label }),
        eventIds: rows.map(({ id }) => id),
      },
      onsetIndex: member.onsetIndex,
      onsetTimeMs: member.onsetTime,
      n: member.since,
      why: `${member.id} labels ${member.hits} of ${member.since} rows against the model, one of ${those.length} labelers who turn labels together${label === undefined ? '' : `, mostly to ${label}`}`,
    }
  })
  return { alarms, named: those }
}

/**
 * Share of labels that they turn. Of new ones the share that is wrong at all, which is known of one who guesses, two standard errors down; of all who came with
 * them and all that they sent, for none of that chose the names.
 */
function turnedBy({ crowd }: CrowdState, trial: Trial): number {
  const { own } = trial
  if (trial.fromRow < 0) return (own.hits - own.expected - Math.sqrt(own.hits)) / Math.max(1, own.rows - own.expected)
  let [rows, hits] = [0, 0]
  for (const member of crowd.members.byId.values()) {
    if (!isNamed(trial, member)) continue
    rows += member.rows
    hits += member.disagreements
  }
  const share = (hits + 1) / (rows + 2)
  return share - 2 * Math.sqrt((share * (1 - share)) / (rows + 2))
}
