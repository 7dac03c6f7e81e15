import type { AlertKind } from '@/lib/alert/finding'
import type { ClassEffect } from '@/lib/detect/concept/class-effect'
import { type ClassFamily, type ClassUnit, isLeaf } from '@/lib/detect/concept/class-family'
import { probabilityOf } from '@/lib/detect/concept/confidence'
import { leafWords } from '@/lib/detect/concept/leaf-words'
import { noClass } from '@/lib/detect/concept/open-predictions'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Alarm } from '@/lib/detect/detector'
import { brief, percent } from '@/lib/detect/drift/words'

export interface ClassCase {
  readonly family: ClassFamily
  readonly one: ClassUnit
  readonly kind: AlertKind
  readonly effect: ClassEffect
  /** Number of the first affected prediction. */
  readonly onset: number
  readonly line: number
  readonly evidence: { readonly logE: number; readonly threshold: number }
  /** The version that came with it and explains it. */
  readonly version: string | null
  /** Nats of the leaves over the same rows. */
  readonly support: number
  readonly classMix: boolean
  readonly leaf: boolean
  /** Of errors: the rows whose labels changed most; empty where that is not known. */
  readonly where: string
}

/** Evidence that passed, in words and numbers. */
export function classAlarm(state: ConceptState, found: ClassCase): Alarm {
  const { one, effect, onset, kind, evidence } = found
  const { open } = state
  const place = onset % open.capacity
  const errors = one.name === 'error' || one.name === 'confidence'
  const worseVersion = errors && kind === 'drift.concept' && !found.version ? versionAtFault(state, onset) : null
  const version = kind === 'drift.concept' && errors ? (found.version ?? worseVersion) : null
  const { verdict, test } = verdictOf(state, found, version, worseVersion !== null)
  const effectValue = errors ? Math.max(effect.rise, one.name === 'confidence' ? effect.moved : 0) : effect.moved
  return {
    kind,
    unit: one.name,
    subject: version ? { version } : {},
    eventIndex: found.line,
    onsetIndex: open.line[place] as number,
    onsetTimeMs: open.timeMs[place] as number,
    ...evidence,
    effect: effectValue,
    effectUnit:
      one.name === 'error'
        ? 'rise of the error rate'
        : one.name === 'confidence'
          ? 'change of the error rate at the same confidence'
          : 'root mean square change of a label’s share among like rows',
    n: effect.n,
    severity: errors && effect.share > 2 * effect.expected && effect.rise > 0.05 ? 'critical' : 'warning',
    verdict,
    why: version ? `${whyOf(state, found)}, at version ${version}` : whyOf(state, found),
    test,
    comparison:
      isLeaf(one.name) || one.name === 'label'
        ? {
            bins: found.family.labelNames,
            reference: Array.from(isLeaf(one.name) ? effect.reference : effect.due, (x) => Math.round(x)),
            current: Array.from(isLeaf(one.name) ? effect.current : effect.all),
            unit: 'categorical',
          }
        : {
            bins: ['right', 'wrong'],
            reference: Array.from(effect.due, (x) => Math.round(x)),
            current: Array.from(effect.all),
            unit: 'categorical',
          },
  }
}

function verdictOf(
  state: ConceptState,
  { kind, one, classMix, leaf, support }: ClassCase,
  version: string | null,
  alongside: boolean,
): Pick<Alarm, 'verdict' | 'test'> {
  if (kind === 'drift.label' && classMix)
    return {
      verdict: 'benign-shift',
      test: 'One multiplier of the odds of each class fits the change in all leaves of the baseline’s tree better than leaf by leaf, so the mix of the classes moved and what each looks like stayed; labels chosen in another way would look the same.',
    }
  if (version)
    return {
      verdict: 'model-regression',
      test: alongside
        ? 'Errors rose among this version’s predictions and not among those of the version beside it, so the version is worse.'
        : 'The rise begins with a new version, and the labels follow their features as before, so the version is held worse; a change of the world at that moment in rows that no leaf tells apart would look the same.',
    }
  if (leaf && state.prompt && support < leafSupport && one.name !== 'label' && !isLeaf(one.name))
    return {
      verdict: 'model-regression',
      test: `The labels follow their features as before (${brief(support)} nats over the same rows), yet the model errs more: the model changed, or rows of a kind it never knew well became more.`,
    }
  return {
    verdict: 'concept-change',
    test: leaf
      ? `Rows with like features have other labels than in the baseline (${brief(support)} nats over the same rows), and no version explains it; wrong labels, or a feature that matters and is not seen, would look the same.`
      : 'No version came near the rise, so the rule behind the labels is held changed; drifted or faulty inputs, or wrong labels, would look the same.',
  }
}
const leafSupport = 3.5

function whyOf(state: ConceptState, { family, one, effect, where }: ClassCase): string {
  const over = `over ${effect.n} labels`
  if (one.name === 'error')
    return `errors on labelled predictions rose from ${percent(effect.expected)} to ${percent(effect.share)} ${over}${where === '' ? '' : `; labels changed most where ${where}`}`
  const names = family.labelNames
  const share = (counts: Float64Array, code: number) => {
    let all = 0
    for (const n of counts) all += n
    return all > 0 ? (counts[code] as number) / all : 0
  }
  const most = (a: Float64Array, b: Float64Array) => {
    let best = 0
    for (let c = 1; c < a.length; c++)
      if (Math.abs(share(b, c) - share(a, c)) > Math.abs(share(b, best) - share(a, best)) + 1e-9) best = c
    return best
  }
  if (one.name === 'label') {
    const c = most(effect.due, effect.all)
    return `the share of label ${names[c]} went from ${percent(share(effect.due, c))} to ${percent(share(effect.all, c))} ${over}`
  }
  const c = most(effect.reference, effect.current)
  const change = `${percent(share(effect.reference, c))} to ${percent(share(effect.current, c))}`
  if (one.name === 'confidence') {
    if (one.tree && state.book) {
      const rows = leafWords(one.tree, state.book, Math.floor(effect.worst / family.cross.groups))
      return `errors went from ${percent(effect.expected)} to ${percent(effect.share)} ${over}, most ${rows === '' ? 'everywhere' : `where ${rows}`}: ${percent(share(effect.reference, 1))} to ${percent(share(effect.current, 1))}`
    }
    const bin = Math.floor(effect.worst / family.cross.groups)
    const low = bin > 0 ? percent(probabilityOf(family.bins[bin - 1] as number)) : null
    const high = bin < family.bins.length ? percent(probabilityOf(family.bins[bin] as number)) : null
    const where = low && high ? `between ${low} and ${high}` : low ? `above ${low}` : high ? `up to ${high}` : 'any'
    return `errors went from ${percent(effect.expected)} to ${percent(effect.share)} ${over} at the same confidence; most where the model’s own probability is ${where}: ${percent(share(effect.reference, 1))} to ${percent(share(effect.current, 1))}`
  }
  const leaf = Math.floor(effect.worst / family.leafCross.groups)
  const rows = one.tree && state.book ? leafWords(one.tree, state.book, leaf) : ''
  return `the labels of like rows changed ${over}: ${rows === '' ? 'in all rows' : `most where ${rows}`}, ${names[c]} from ${change}`
}

const fewest = 30

/** The one version whose predictions err more since the onset, while another's, made alongside, do not. */
function versionAtFault(state: ConceptState, onset: number): string | null {
  const { open, versions } = state
  const wrong = new Float64Array(256)
  const rows = new Float64Array(256)
  for (let n = onset; n < open.next; n++) {
    const place = n % open.capacity
    if (open.label[place] === noClass) continue
    const code = open.version[place] as number
    rows[code] = (rows[code] as number) + 1
    if (open.label[place] !== open.predicted[place]) wrong[code] = (wrong[code] as number) + 1
  }
  const live = versions.names.map((_, code) => code).filter((code) => (rows[code] as number) >= fewest)
  if (live.length < 2) return null
  const rate = (code: number) => (wrong[code] as number) / (rows[code] as number)
  live.sort((a, b) => rate(b) - rate(a))
  const [worst, ...others] = live as [number, ...number[]]
  const sum = (of: Float64Array) => others.reduce((all, code) => all + (of[code] as number), 0)
  const rest = sum(wrong) / sum(rows)
  const both = (sum(wrong) + (wrong[worst] as number)) / (sum(rows) + (rows[worst] as number))
  const deviation = Math.sqrt(both * (1 - both) * (1 / sum(rows) + 1 / (rows[worst] as number)))
  return rate(worst) - rest > 4 * deviation ? (versions.names[worst] ?? null) : null
}
