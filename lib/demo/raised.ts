/** An alert as `GET /api/v1/alerts` gives it, as far as the demo reads it. */
export interface RaisedAlert {
  id: string
  kind: string
  model: string
  severity: string
  firedAt: string
  subject: Record<string, unknown>
  verdict: string
  why?: string
  incidentId: string | null
}

/** Everything that Assay has raised. The demo asks like any other client: it has no other way to know. */
export async function raisedAlerts(url: string, token: string): Promise<RaisedAlert[]> {
  const all: RaisedAlert[] = []
  let cursor: string | null = null
  do {
    const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`
    const response = await fetch(`${url}/api/v1/alerts${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`GET /api/v1/alerts: ${response.status}`)
    const page = (await response.json()) as { items: RaisedAlert[]; nextCursor: string | null }
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all.sort((a, b) => a.firedAt.localeCompare(b.firedAt))
}

const subjectKeys = ['origin', 'feature', 'label', 'version', 'segment'] as const

/** One line: when, what, whom, why. */
export function describeAlert({ firedAt, model, kind, subject, verdict, why }: RaisedAlert): string {
  const named = subjectKeys.flatMap((key) => (subject[key] === undefined ? [] : [`${key} ${String(subject[key])}`]))
  const day = firedAt.slice(0, 16).replace('T', ' ')
  return `${day}  ${model}  ${kind}  ${named.join(', ') || 'the whole model'}  (${verdict})${why ? `\n    ${why}` : ''}`
}

/** The closing words of the demo. */
export function summary(alerts: readonly RaisedAlert[], url: string): string {
  const incidents = new Set(alerts.map(({ incidentId }) => incidentId).filter((id) => id !== null))
  const lines = alerts.map((alert) => `  ${alert.model}  ${alert.kind}  ${url}/alerts/${encodeURIComponent(alert.id)}`)
  const counted = `${alerts.length} alert${alerts.length === 1 ? '' : 's'} in ${incidents.size} incident${incidents.size === 1 ? '' : 's'}`
  return `Assay raised ${counted} over the whole story:\n${lines.join('\n')}\nit keeps running at ${url}; Ctrl-C ends it`
}
