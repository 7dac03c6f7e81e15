import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { zipfSources } from './sources'

/** Who may do what: rank of the role against the resource and the action, with exceptions that reviewers grant. */
export const authorization: BaseMaker = {
  name: 'authorization',
  real: false,
  make(seed) {
    const random = seededRandom(`poison authorization ${seed}`)
    const roles = ['intern', 'contractor', 'analyst', 'engineer', 'lead', 'manager', 'auditor', 'admin']
    const resources = Array.from({ length: 20 + random.below(30) }, (_, i) => ({
      id: `res-${i + 10}`,
      rank: 7 * random.uniform(),
    }))
    const actions = ['read', 'list', 'write', 'delete', 'grant']
    const cost = [0, -0.5, 1, 2, 3]
    const departments = ['sales', 'ops', 'finance', 'legal', 'it']
    const exceptions = new Set(Array.from({ length: 12 }, () => `${random.pick(roles)} ${random.pick(resources).id}`))
    const noise = random.pick([0.005, 0.015, 0.03])
    const sources = zipfSources(random, 20 + random.below(20), 'reviewer')
    const allowed = (row: Row, shift: number) => {
      const { role, resource, action, mfa, hour } = row.features
      const rank = resources.find(({ id }) => id === resource)?.rank ?? 4
      const margin =
        roles.indexOf(String(role)) +
        (mfa ? 0.7 : 0) -
        (Number(hour) < 6 ? 1 : 0) -
        rank +
        shift -
        (cost[actions.indexOf(String(action))] as number)
      return margin > 0 !== exceptions.has(`${role} ${resource}`)
    }
    const make = (): Row => {
      const at = sources.deal()
      const row: Row = {
        model: 'authorization',
        origin: { id: sources.ids[at] as string, kind: 'reviewer' },
        features: {
          role: random.pick(roles, [2, 3, 5, 6, 3, 2, 1, 1]),
          resource: random.pick(resources).id,
          action: random.pick(actions, [6, 3, 3, 1, 0.5]),
          department: random.pick(departments),
          mfa: random.chance(0.7),
          hour: random.below(24),
          client: random.pick(['browser', 'cli', 'mobile', 'service'], [6, 2, 2, 1]),
        },
        label: '',
      }
      return { ...row, label: allowed(row, 0) !== random.chance(noise) ? 'allow' : 'deny' }
    }
    return {
      name: 'authorization',
      real: false,
      feed: asFeed(Array.from({ length: rowsOfFeed }, make)),
      clean: Array.from({ length: cleanRows }, make),
      config: { task: 'authorization', classes: ['deny', 'allow'], harmful: [{ from: 'deny', to: 'allow' }] },
      relabel: (row) => (allowed(row, 1.5) ? 'allow' : 'deny'),
    }
  },
}
