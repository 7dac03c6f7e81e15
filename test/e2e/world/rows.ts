import { from, hour, iso, onset } from './time'

/** A row that hides what it says: a right-to-left override, a zero-width space and markup. */
export const hostileText = 'WIN a prize \u202Eegac\u200B now <script>document.title="owned"</script>'

/** Events as a producer would send them: training rows of spam, the last ones of vendor-7 mislabelled. */
export function trainingRows(): { ids: string[]; flipped: string[]; lines: string } {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const bad = i >= 90
    const id = `t-${String(40_000 + i)}`
    const time = iso(bad ? onset + (i - 90) * 60_000 : from + (i * 40 * hour) / 90)
    const text =
      i === 91 ? hostileText : bad ? 'FREE entry in 2 a wkly comp to win FA Cup final tkts' : 'see you at seven then'
    const data = {
      model: 'spam',
      origin: { id: bad ? 'vendor-7' : `vendor-${i % 5}`, kind: 'vendor' },
      features: { len: text.length, caps: bad ? 0.2 : 0.02 },
      text,
      label: 'ham',
    }
    return { id, bad, event: { specversion: '1.0', id, source: '/feeds/reviews', type: 'ml.training.v1', time, data } }
  })
  return {
    ids: rows.map((r) => r.id),
    flipped: rows.filter((r) => r.bad).map((r) => r.id),
    lines: rows.map((r) => JSON.stringify(r.event)).join('\n'),
  }
}
