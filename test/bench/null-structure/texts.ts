import { loadSms } from '@/lib/demo/sets'
import type { Case } from './cases'
import type { Maker } from './nulls'
import { random } from './random'

const sms = loadSms()
const onset = 4000

function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const r = random(seed)
  const out = [...rows]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(r.uniform() * (i + 1))
    ;[out[i], out[j]] = [out[j] as T, out[i] as T]
  }
  return out
}

const common = 'the a to of and in is it you that was for on are with as his they be at one have this from or'.split(
  ' ',
)
/** Words by Zipf's law, without end: new ones keep coming. */
function zipfText(r: ReturnType<typeof random>, topic = 0): string {
  const words = 4 + Math.floor(12 * r.uniform())
  return Array.from({ length: words }, () => {
    const rank = Math.floor(1 / (1 - r.uniform()) ** 1.3)
    return rank <= common.length
      ? (common[rank - 1] as string)
      : `w${rank > 400 && rank < 4000 ? (rank + topic) % 9000 : rank}`
  }).join(' ')
}

export const textNulls: Record<string, Maker> = {
  'SMS, shuffled': (seed) => {
    const rows = shuffled(sms, seed)
    return (t) => ({ features: {}, text: (rows[t % rows.length] as (typeof rows)[number]).text })
  },
  'Zipf words without end': (seed) => {
    const r = random(seed)
    return () => ({ features: {}, text: zipfText(r) })
  },
}

const spam = sms.filter((row) => row.label === 'spam')
const ham = sms.filter((row) => row.label === 'ham')
const mix = (name: string, share: number): Case => ({
  name,
  onset,
  subject: '{"feature":"text"}',
  make: (seed) => {
    const r = random(seed)
    const from = <T>(rows: readonly T[]) => rows[Math.floor(r.uniform() * rows.length)] as T
    return (t) => ({ features: {}, text: from(r.uniform() < (t >= onset ? share : 0.13) ? spam : ham).text })
  },
})
export const textCases: Case[] = [
  mix('spam 13 % → 25 %', 0.25),
  mix('spam 13 % → 50 %', 0.5),
  {
    name: 'one word in every tenth text',
    onset,
    subject: '{"feature":"text"}',
    make: (seed) => {
      const r = random(seed)
      return (t) => {
        const { text } = sms[Math.floor(r.uniform() * sms.length)] as (typeof sms)[number]
        return { features: {}, text: t >= onset && r.uniform() < 0.1 ? `${text} refund please` : text }
      }
    },
  },
  {
    name: 'middling words of another topic',
    onset,
    subject: '{"feature":"text"}',
    make: (seed) => {
      const r = random(seed)
      return (t) => ({ features: {}, text: zipfText(r, t >= onset ? 3000 : 0) })
    },
  },
]
