/** Contract 4's scopes: what a token may hold. `admin` holds all of them. */
export const scopes = ['ingest', 'read', 'act', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** One table maps every verb to the scope that it needs. Roles and approvals come to this table, not to the verbs. */
export const verbScopes = {
  'event.ingest': 'ingest',
  'model.read': 'read',
  'model.configure': 'admin',
  'model.backtest': 'act',
  'baseline.adopt': 'act',
  'golden.propose': 'act',
  'golden.approve': 'act',
  'source.audit': 'act',
  'source.check': 'read',
  'suspect.rank': 'read',
  'alert.read': 'read',
  'alert.acknowledge': 'act',
  'alert.assign': 'act',
  'alert.snooze': 'act',
  'alert.resolve': 'act',
  'incident.read': 'read',
  'incident.note': 'act',
  'incident.resolve': 'act',
  'task.read': 'read',
  'task.assign': 'act',
  'task.complete': 'act',
  'playbook.read': 'read',
  'ingest.read': 'read',
  'token.create': 'admin',
  /** One's own, of whoever may read at all. */
  'password.set': 'read',
} as const satisfies Record<string, Scope>
export type Verb = keyof typeof verbScopes
