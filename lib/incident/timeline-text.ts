/** `2026-11-04T22:27:20.055Z` → `2026-11-04 22:27 UTC`. */
const minute = (at: string): string => (at.endsWith('Z') ? `${at.slice(0, 16).replace('T', ' ')} UTC` : at)

/** One sentence an entry of a timeline, as screens and dossiers say it. */
export function timelineText(kind: string, body: Readonly<Record<string, unknown>>): string {
  const said = (key: string) => {
    const value = body[key]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const because = (key: string) => (said(key) ? `: ${said(key)}` : '')
  switch (kind) {
    case 'incident.opened':
      return `Incident opened; the first affected event is of ${minute(said('onsetAt'))}`
    case 'incident.reopened':
      return 'Incident reopened: an alert of it fires'
    case 'incident.resolved':
      return `Incident resolved${said('resolution') === 'false-alarm' ? ' as a false alarm' : said('resolution') === 'real' ? ': it was real' : ''}${because('note')}`
    case 'alert.raised':
      return `${said('kind')} raised (${said('severity')}, ${said('verdict')})${because('why')}`
    case 'alert.acknowledged':
      return `Took ${said('kind')} on`
    case 'alert.assigned':
      return said('owner') ? `Assigned ${said('kind')} to ${said('owner')}` : `Took the owner off ${said('kind')}`
    case 'alert.snoozed':
      return `Snoozed ${said('kind')} until ${minute(said('until'))}`
    case 'alert.woke':
      return `${said('kind')} fires again: its rest is over`
    case 'alert.undone':
      return `Put ${said('kind')} back to firing; it was ${said('from')}`
    case 'alert.resolved':
      return `Resolved ${said('kind')}${because('note')}`
    case 'verdict.changed':
      return `Verdict changed from ${said('from')} to ${said('to')}${because('why')}`
    case 'playbook.started':
      return `Playbook started: ${said('title')}, ${said('tasks')} tasks`
    case 'task.assigned':
      return said('owner') ? `Assigned “${said('title')}” to ${said('owner')}` : `Took the owner off “${said('title')}”`
    case 'task.started':
      return `Started “${said('title')}”`
    case 'task.completed':
      return `Completed “${said('title')}”${because('evidence')}`
    case 'task.skipped':
      return `Skipped “${said('title')}”${because('evidence')}`
    case 'task.undone':
      return `Took “${said('title')}” back up`
    case 'note':
      return said('text')
    default:
      return kind
  }
}
