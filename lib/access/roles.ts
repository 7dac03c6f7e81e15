import { type Scope, scopes } from './verbs'

/** What a signed-in person may do, by role. More roles come here. */
const scopesByRole: Readonly<Record<string, readonly Scope[]>> = {
  admin: scopes,
  operator: ['read', 'act'],
  viewer: ['read'],
}

/** A role that nobody knows may do nothing. */
export const scopesOf = (role: string): readonly Scope[] => scopesByRole[role] ?? []
