import { describe, expect, it } from 'vitest'
import type { Principal } from './context'
import { Forbidden } from './errors'
import { requirePermission } from './permission'

const token = (over: Partial<Principal>): Principal => ({
  kind: 'token',
  id: 't',
  name: 'ci',
  scopes: ['read'],
  models: null,
  ...over,
})

describe('permission', () => {
  it('names the scope that is missing', () => {
    expect(() => requirePermission(token({}), 'alert.acknowledge')).toThrow(
      /^alert.acknowledge needs the scope act; ci has read$/,
    )
  })
  it('lets an administrator do everything, and a reader read', () => {
    expect(() => requirePermission(token({ scopes: ['admin'] }), 'model.configure', 'spam')).not.toThrow()
    expect(() => requirePermission(token({}), 'alert.read', 'spam')).not.toThrow()
  })
  it('keeps a token to its models', () => {
    const one = token({ models: ['spam'] })
    expect(() => requirePermission(one, 'alert.read', 'spam')).not.toThrow()
    expect(() => requirePermission(one, 'alert.read', 'rain')).toThrow(/may not touch the model rain/)
  })
  it('does not read scopes into one another: acting is not reading', () => {
    expect(() => requirePermission(token({ scopes: ['act'] }), 'alert.read')).toThrow(Forbidden)
  })
})
