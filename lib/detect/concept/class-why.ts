import type { ClassCase } from '@/lib/detect/concept/class-alarm'
import { probabilityOf } from '@/lib/detect/concept/confidence'
import { leafWords } from '@/lib/detect/concept/leaf-words'
import type { ConceptState } from '@/lib/detect/concept/state'
import { percent } from '@/lib/detect/drift/words'

/**
 * What changed among the classes, in words.
 */

export function whyOf(state: ConceptState, { family, one, effect, where }: ClassCase): string {
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
