import type { Alarm, Context, Detector, UnitStanding } from '@/lib/detect/detector'
import { keepWrong, startWrongRows, type WrongRows } from '@/lib/detect/poison/availability/wrong-rows'
import { honestBound } from '@/lib/detect/poison/bets'
import { hostileShare, wasCareful } from '@/lib/detect/poison/borne'
import type { Arrival, EventOf } from '@/lib/event/types'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { burnInRows, type Witness } from '@/lib/learn/witness'
import { isRandom } from './is-random'
import { type People, personOf, startPeople, usualHere } from './people'
import { type Person, weighPerson } from './person'
import { say, shareOf } from './say'

/**
 * A labeler, or a source, whose labels are wrong at random oftener than his peers': careless, tired or guessing, and no enemy.
 *
 * Watches   each one's disagreements with the shadow learner, against what three quarters of his peers' rows stay under.
 * Misses    who is hardly worse than his peers, or all of them together; errors that prefer a class; regression; who has fewer than about 100 rows.
 * Assumes   peers see rows of the same difficulty, once the learner's own doubt is taken out.
 * Evidence  M ← e·(M + mass), e = q/b or (1 − q)/(1 − b) for errors in 10, 20, 35, 60 % of the rows, b as ../borne.ts has it for peers; said at ΣM ≥ 1
 *           only if the others are apart (../world.ts), and his share of errors is, a standard error up, below what is hostile: who may
 *           yet be accused of flips is not called careless meanwhile.
 * Source    recipes/poisoning.md §3 of this project; Dawid & Skene 1979 for the idea that skill is a person's own.
 *
 * @example  eight labelers, of whom w2 gets 15 % of his labels wrong from the first row on → one finding at line 3170, labeler w2, verdict undetermined.
 */
export interface LabelerState {
  origins: People
  labelers: People
  wrong: { origin: WrongRows; labeler: WrongRows }
  /** Rows by class: which one is the usual. */
  classes: number[]
}

type Training = EventOf<'ml.training.v1'>

const originPart = 0.5
const leastRows = 80
const lookAgain = 1.15
/** An accusation allows 3 % more than peers show; a warning need not. */
const allowance = 0.03
const leastBeyond = 0.02

export const carelessLabeler: Detector<{ [name: string]: never }, LabelerState> = {
  id: 'quality.labeler/careless',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.15,
  minSample: burnInRows,
  params: {},
  init: () => ({
    origins: startPeople(),
    labelers: startPeople(),
    wrong: { origin: startWrongRows(), labeler: startWrongRows() },
    classes: [],
  }),
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch)
      if (arrival.event.type === 'ml.training.v1') takeRow(state, arrival as Arrival<Training>, ctx, alarms)
    return { state, alarms }
  },
  standing: labelerStanding,
}

function takeRow(state: LabelerState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const witness = ctx.learner.witness(arrival)
  if (!witness.judged || !witness.testifies) return
  const { origin, labeler } = arrival.event.data
  const mass = ctx.mass(arrival)
  const part = labeler === undefined ? 1 : originPart
  look(state, 'origin', origin.id, arrival, witness, mass * part, alarms)
  if (labeler !== undefined) look(state, 'labeler', labeler, arrival, witness, mass * (1 - part), alarms)
}

function look(
  state: LabelerState,
  kind: Person['kind'],
  id: string,
  { event, index }: Arrival<Training>,
  witness: Witness,
  mass: number,
  alarms: Alarm[],
): void {
  const { y, judged } = witness
  if (!judged) return
  const { classes, favourite, disagree } = judged
  const records = kind === 'origin' ? state.origins : state.labelers
  const record = personOf(records, kind, id)
  if (!record) return
  const hit = y !== favourite
  const usual = usualHere(records, disagree, hit)
  const p = disagree * usual.modesty
  const bound = honestBound(p, Math.exp(usual.tilt), Math.max(leastBeyond, usual.careless - allowance))
  const isUsual = favourite === commonest(state, favourite)
  const turned = 1 - p / Math.max(1, classes - 1)
  const total = weighPerson(record, { p, bound, turned, hit, isUsual, index, timeMs: event.timeMs }, mass)
  if (hit)
    keepWrong(state.wrong[kind], {
      id: event.id,
      index,
      origin: record.number,
      y,
      suspicion: 1 - (judged.p[y] as number),
    })
  if (total < 1 || record.said || record.since < Math.max(leastRows, record.nextLook)) return
  record.nextLook = Math.ceil(record.since * lookAgain)
  if (mayBeHostile(record, classes) || !isRandom(record)) return
  const alarm = say(state.wrong[record.kind], record, records, witness, index)
  if (!alarm) return
  record.said = true
  alarms.push(alarm)
}

/** The class favoured most so far. */
function commonest(state: LabelerState, favourite: number): number {
  const { classes } = state
  classes[favourite] = (classes[favourite] ?? 0) + 1
  let most = 0
  let rows = classes[0] ?? 0
  for (let k = 1; k < classes.length; k++) {
    const its = classes[k] ?? 0
    if (its <= rows) continue
    most = k
    rows = its
  }
  return most
}

function mayBeHostile(record: Person, classes: number): boolean {
  const { share, error } = shareOf(record)
  const { rows, disagreements, expected, since, hits, hoped } = record
  const before = { rows: rows - since, excess: disagreements - expected - (hits - hoped) }
  return share + error >= hostileShare(record.kind, wasCareful(before, share), classes)
}

function labelerStanding({ origins, labelers }: LabelerState, limit: number): UnitStanding[] {
  const all = [...origins.byId.values(), ...labelers.byId.values()].map(
    (record): UnitStanding => ({
      kind: 'quality.labeler',
      unit: `${record.kind}=${record.id}`,
      subject: record.kind === 'origin' ? { origin: record.id } : { labeler: record.id },
      ...reportEvidence(record.evidence),
      effect: shareOf(record).share,
      n: record.rows,
    }),
  )
  return worstFirst(all, limit)
}
