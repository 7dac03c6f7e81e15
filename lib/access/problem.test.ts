import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Conflict } from './errors'
import { problemOf } from './problem'

describe('problem details', () => {
  it('carry what an error of ours knows, and cannot be overwritten by it', () => {
    const problem = problemOf(new Conflict('gone', { seen: 'firing', status: 200 }), 'r-1')
    expect(problem).toEqual({
      type: 'urn:assay:problem:conflict',
      title: 'It changed meanwhile',
      status: 409,
      detail: 'gone',
      seen: 'firing',
      requestId: 'r-1',
    })
  })
  it('name the field that is wrong', () => {
    const wrong = z.object({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: 'x' } })
    expect(problemOf(wrong.error, 'r').detail).toMatch(/^a\.b: /)
  })
  it('say nothing of errors that are not ours', () => {
    const problem = problemOf(new Error('password is hunter2'), 'r')
    expect(problem.status).toBe(500)
    expect(JSON.stringify(problem)).not.toContain('hunter2')
  })
  it('call a database that is away busy, however deep the driver said so', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    expect(problemOf(new Error('Failed query', { cause }), 'r').status).toBe(503)
  })
})
