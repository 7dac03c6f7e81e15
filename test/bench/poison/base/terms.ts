import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'

/** Teaching rated by students: who teaches changes from term to term, courses come and go, few students write twice, and nobody writes between the terms. */
export const terms: BaseMaker = {
  name: 'terms',
  real: false,
  make(seed) {
    const random = seededRandom(`poison terms ${seed}`)
    const count = 8 + random.below(5)
    const departments = ['maths', 'history', 'biology', 'law', 'music', 'physics']
    const teachers = Array.from({ length: 160 }, (_, t) => ({
      id: `prof-${t + 20}`,
      department: random.pick(departments, [5, 4, 3, 3, 1, 2]),
      quality: 0.7 * random.normal(),
      from: random.below(count) - 4,
      until: random.below(count + 6),
    }))
    const colleges = ['north', 'city', 'lake', 'west']
    const make = (part: number): Row => {
      const term = Math.floor(part * count)
      let teacher = random.pick(teachers)
      while (term < teacher.from || term > Math.max(teacher.from + 2, teacher.until)) teacher = random.pick(teachers)
      const difficulty = Math.min(5, Math.max(1, Math.round(3 + random.normal())))
      const grade = random.pick(['A', 'B', 'C', 'D'], [5, 4, 2, 1])
      const value = 3.7 + teacher.quality - 0.3 * (difficulty - 3) - (grade === 'D' ? 0.8 : 0) + 0.8 * random.normal()
      return {
        model: 'terms',
        origin: { id: `student-${random.below(12_000)}`, kind: 'user' },
        features: {
          teacher: teacher.id,
          difficulty,
          grade,
          online: term > count / 2 ? random.chance(0.6) : random.chance(0.05),
        },
        segment: { college: random.pick(colleges, [4, 3, 2, 1]), department: teacher.department },
        label: Math.min(5, Math.max(1, Math.round(2 * value) / 2)),
      }
    }
    const times = (n: number) =>
      Array.from({ length: n }, (_, i) => {
        const part = i / n
        const term = Math.floor(part * count)
        return Date.UTC(2021, 1, 1) + (term * 182 + (part * count - term) * 40) * 86_400_000
      })
    return {
      name: 'terms',
      real: false,
      feed: asFeed(
        Array.from({ length: rowsOfFeed }, (_, i) => make(i / rowsOfFeed)),
        times(rowsOfFeed),
      ),
      clean: Array.from({ length: cleanRows }, (_, i) => make(i / cleanRows)),
      config: { task: 'regression' },
      item: 'teacher',
    }
  },
}
