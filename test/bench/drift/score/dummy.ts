import type { MadeStream, Raised } from '../stream/truth'

/** What needs no thought: an alarm every 2,000 lines that names the right thing, whatever happens. Its false alarms are its price. */
export const dummyEvery = 2000

export function dummy(stream: MadeStream): Raised[] {
  const findings: Raised[] = []
  for (let at = dummyEvery - 1; at < stream.lines.length; at += dummyEvery) {
    const truth = stream.truths.findLast((t) => t.from <= at && at <= (t.to ?? at))
    findings.push({
      eventIndex: at,
      onsetIndex: at - dummyEvery + 1,
      model: truth?.model ?? '',
      incident: String(at),
      kind: truth?.kinds[0] ?? 'drift.feature',
      subject: truth?.subject ?? {},
      verdict: truth?.verdicts?.[0] ?? 'undetermined',
    })
  }
  return findings
}
