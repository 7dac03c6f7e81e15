import { percent, plural } from '@/app/_ui/format'
import type { GoldenAudit } from '@/lib/golden/audit'

/** What a look at the trusted set itself found, in a sentence or two. */
export function auditWords({ judged, doubted, atMost, noticed }: GoldenAudit): string {
  if (judged === 0) return 'Too few rows with a class to audit it by itself: some 300 are needed.'
  const bound =
    atMost === null || noticed === null
      ? 'How many are wrong cannot be bounded: these rows do not tell the classes apart well enough.'
      : `At most ${percent(atMost)} of its labels are wrong (95 % confidence; ${percent(noticed)} of planted errors were noticed).`
  const found =
    doubted.length === 0
      ? 'No label is doubted.'
      : `${plural(doubted.length, 'label')} that a learner of the other rows holds for nearly impossible:`
  return `${bound} ${found}`
}
