import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeStream, ndjson } from '@/test/fixture/streams'

const root = resolve(import.meta.dirname, '../..')
let folder = ''
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const run = (...args: string[]) => {
  const done = spawnSync(process.execPath, ['bin/run.mjs', 'replay', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ASSAY_HOME: join(folder, 'home') },
  })
  return { code: done.status, out: done.stdout, err: done.stderr, lines: parse(done.stdout) }
}
type Line = Record<string, unknown> & { type: string }
const parse = (out: string): Line[] =>
  out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-replay-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('npm run -s replay', () => {
  it('names the shifted feature and the flipping source, nothing before either began, twice the same bytes', () => {
    const path = file('story.ndjson', ndjson(madeStream({ seed: 'replay', rows: 6000, shiftAt: 3500, flipAt: 3500 })))
    const one = run(path)
    const two = run(path)
    expect(one.code).toBe(0)
    expect(two.out).toBe(one.out)
    const findings = one.lines.filter((line) => line.type === 'finding')
    const kinds = findings.map((line) => `${line.model} ${line.kind}`).sort()
    expect(kinds).toEqual(['rain drift.feature', 'spam poison.label_flip'])
    for (const finding of findings) expect(finding.eventIndex).toBeGreaterThanOrEqual(3500 * 3)
    expect(findings.find((line) => line.model === 'rain')?.subject).toEqual({ feature: 'temp' })
    expect(findings.find((line) => line.model === 'spam')?.subject).toMatchObject({ origin: 'vendor-3' })
  }, 120_000)

  it('says every field of the contract', () => {
    const path = file('shift.ndjson', ndjson(madeStream({ seed: 'fields', rows: 3000, shiftAt: 2500 })))
    const [finding] = run(path).lines
    expect(finding).toMatchObject({
      type: 'finding',
      id: expect.stringMatching(/^f-/),
      incident: expect.stringMatching(/^i-/),
      eventIndex: expect.any(Number),
      model: 'rain',
      kind: 'drift.feature',
      severity: expect.stringMatching(/^(info|warning|critical)$/),
      onsetIndex: expect.any(Number),
      onsetAt: expect.stringMatching(/^2026-01-0\dT/),
      verdict: 'benign-shift',
      evidence: {
        logE: expect.any(Number),
        threshold: expect.any(Number),
        effect: expect.any(Number),
        n: expect.any(Number),
      },
      why: expect.stringContaining('temp'),
    })
    const { logE, threshold } = (finding?.evidence ?? {}) as { logE: number; threshold: number }
    expect(logE).toBeGreaterThanOrEqual(threshold)
  }, 60_000)

  it('reports refused lines at their place and reads on', () => {
    const events = madeStream({ seed: 'bad', rows: 3 }).map((event) => JSON.stringify(event))
    const text = [
      events[0],
      'not json',
      '',
      events[1],
      events[0],
      events[2],
      `"${'x'.repeat(1_100_000)}"`,
      events[3],
    ].join('\n')
    const { code, lines, err } = run(file('bad.ndjson', text), '--summary')
    expect(code).toBe(0)
    expect(err).toBe('')
    expect(lines.map((line) => [line.type, line.eventIndex])).toEqual([
      ['rejected', 1],
      ['rejected', 2],
      ['rejected', 4],
      ['rejected', 6],
      ['summary', undefined],
    ])
    expect(lines[2]?.reason).toBe('duplicate: an event with source "/made/prediction" and id "p-0" came before')
    expect(lines[3]?.reason).toBe('too large: 1100002 bytes, at most 1048576 are accepted')
    expect(lines[4]).toMatchObject({ events: 4, rejected: 4, findings: 0, incidents: 0, elapsedMs: expect.any(Number) })
  }, 60_000)

  it('scores every training row, once, from 0 to 1', () => {
    const path = file('scores.ndjson', ndjson(madeStream({ seed: 'scores', rows: 1500, flipAt: 900 })))
    const scores = run(path, '--scores').lines.filter((line) => line.type === 'score')
    expect(scores).toHaveLength(1500)
    expect(new Set(scores.map((line) => line.eventId)).size).toBe(1500)
    for (const { suspicion } of scores as unknown as { suspicion: number }[]) {
      expect(suspicion).toBeGreaterThanOrEqual(0)
      expect(suspicion).toBeLessThanOrEqual(1)
    }
  }, 60_000)

  it.each([
    ['no file', [], 'which file?'],
    ['a file that is not there', ['/nowhere/events.ndjson'], 'ENOENT'],
    ['an unknown option', ['x.ndjson', '--fast'], '--fast'],
    ['a configuration that is no JSON', ['STREAM', '--config', 'BAD'], '--config'],
    ['a budget that is no number', ['STREAM', '--config', 'BUDGET'], 'budget'],
    ['golden rows that are no JSON', ['STREAM', '--golden', 'BAD'], '--golden'],
  ])('exits 2 on %s and names it', (_what, args, named) => {
    const paths: Record<string, string> = {
      STREAM: file('one.ndjson', ndjson(madeStream({ seed: 'one', rows: 1 }))),
      BAD: file('bad.json', '{"models":'),
      BUDGET: file('budget.json', '{"models":{"spam":{"budget":{"perEvents":"many"}}}}'),
    }
    const { code, out, err } = run(...args.map((arg) => paths[arg] ?? arg))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(named)
  })

  it('tells its usage', () => {
    const { code, out } = run('--help')
    expect(code).toBe(0)
    expect(out).toContain('npm run -s replay -- EVENTS.ndjson')
  })
})
