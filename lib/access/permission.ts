import type { Principal } from './context'
import { Forbidden } from './errors'
import { type Verb, verbScopes } from './verbs'

/** @throws Forbidden when the scopes of the principal do not hold the verb's (lib/access/verbs.ts), or its models not this one. */
export function requirePermission(principal: Principal, verb: Verb, model?: string): void {
  const scope = verbScopes[verb]
  if (!principal.scopes.includes(scope) && !principal.scopes.includes('admin')) {
    throw new Forbidden(
      `${verb} needs the scope ${scope}; ${principal.name} has ${principal.scopes.join(', ') || 'none'}`,
      { verb, scope },
    )
  }
  if (model !== undefined && principal.models && !principal.models.includes(model)) {
    throw new Forbidden(`${principal.name} may not touch the model ${model}`, { verb, model })
  }
}
