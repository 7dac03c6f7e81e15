import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import build from '@/bin/setup/build.mjs'
import install from '@/bin/setup/install.mjs'
import kafkaJars from '@/bin/setup/kafka-jars.mjs'
import { withLock } from '@/lib/local/lock.mjs'
import { processMark } from '@/lib/local/process-mark.mjs'

const root = join(import.meta.dirname, '..', '..')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (path: string, content: unknown) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
}
const place = () => ({ root: folder, home: join(folder, '.assay'), env: {} })

describe('packages count as installed', () => {
  const one = { version: '1.0.0', integrity: 'sha512-a' }
  const two = { version: '2.0.0', integrity: 'sha512-b' }
  const lock = (packages: object) => put('package-lock.json', { packages: { '': {}, ...packages } })
  const installed = (packages: object) => {
    put('node_modules/.package-lock.json', { packages })
    for (const path of Object.keys(packages)) put(`${path}/package.json`, {})
  }
  beforeEach(() => {
    lock({ 'node_modules/one': one, 'node_modules/two': two, 'node_modules/mac-only': { ...one, optional: true } })
    installed({ 'node_modules/one': one, 'node_modules/two': two })
  })

  it('when npm has finished with this lock file, whoever called it', () => {
    expect(install.done(place())).toBe(true)
    expect(install.done(place())).toBe(true)
  })

  it('not when there are none', () => {
    rmSync(join(folder, 'node_modules'), { recursive: true })
    expect(install.done(place())).toBe(false)
  })

  it('not when npm was killed before its end', () => {
    rmSync(join(folder, 'node_modules/.package-lock.json'))
    expect(install.done(place())).toBe(false)
  })

  it('not when a package is gone, though the installation was whole once', () => {
    expect(install.done(place())).toBe(true)
    rmSync(join(folder, 'node_modules/two'), { recursive: true })
    expect(install.done(place())).toBe(false)
  })

  it('not when the lock file asks for another version', () => {
    expect(install.done(place())).toBe(true)
    lock({ 'node_modules/one': one, 'node_modules/two': { ...two, version: '2.0.1' } })
    expect(install.done(place())).toBe(false)
  })
})

describe('the web app counts as built', () => {
  beforeEach(() => {
    put('package-lock.json', {})
    put('app/page.tsx', 'export default () => null')
  })

  it('not before it was, and not after a build that did not end', () => {
    expect(build.done(place())).toBe(false)
    put('.next/BUILD_ID', 'half')
    expect(build.done(place())).toBe(false)
  })
})

describe('the jars of Kafka', () => {
  it('are not asked for when there is a broker', () => {
    expect(kafkaJars.done(place())).toBe(false)
    expect(kafkaJars.done({ ...place(), env: { KAFKA_BROKERS: 'localhost:9092' } })).toBe(true)
  })

  it('say what is missing when Maven is', async () => {
    const path = process.env.PATH
    process.env.PATH = folder
    const note = await kafkaJars
      .run(place(), () => {})
      .finally(() => {
        process.env.PATH = path
      })
    expect(note).toBe('no Maven (mvn) found: events come over HTTP alone')
    expect(kafkaJars.done(place())).toBe(false)
  })
})

describe('the lock', () => {
  it('lets one process at a time in', async () => {
    put('count', '0')
    const script = `
      import { readFileSync, writeFileSync } from 'node:fs'
      import { setTimeout } from 'node:timers/promises'
      const { withLock } = await import(${JSON.stringify(join(root, 'lib/local/lock.mjs'))})
      await withLock('lock', async () => {
        const count = Number(readFileSync('count', 'utf8'))
        await setTimeout(20)
        writeFileSync('count', String(count + 1))
      })`
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, stdio: 'inherit' }),
    )
    await Promise.all(children.map((child) => new Promise((done) => child.once('exit', done))))
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('6')
  })

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 999_999_999, mark: 'gone', id: 'a' })],
    [
      'of a process whose number is someone else’s by now',
      JSON.stringify({ pid: process.pid, mark: 'other', id: 'a' }),
    ],
    ['that makes no sense', '{'],
  ])('%s is no obstacle', async (_, content) => {
    put('lock', content)
    expect(await withLock(join(folder, 'lock'), () => 'in')).toBe('in')
  })

  it('is free after an error', async () => {
    await expect(withLock(join(folder, 'lock'), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(join(folder, 'lock'), () => 'in')).toBe('in')
  })
})

it('a process mark tells one process from another, and the dead from the living', () => {
  const mine = processMark(process.pid)
  expect(mine).toBe(processMark(process.pid))
  expect(mine).not.toBe(processMark(process.ppid))
  expect(processMark(999_999_999)).toBeNull()
})

describe('bin/run.mjs', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'bin/run.mjs'), ...args], { cwd: root, encoding: 'utf8' })

  it('adds nothing to what replay says', () => {
    const { stdout, stderr, status } = run('replay', '--help')
    expect(stdout).toMatch(/^[Uu]sage: npm run -s replay/)
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  it('knows its commands', () => {
    expect(run('nonsense')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('replay') })
    expect(run('--help').status).toBe(0)
    const scripts = Object.values(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as object)
    const called = scripts.flatMap((script: string) => /^exec node bin\/run\.mjs (\w+)$/.exec(script)?.[1] ?? [])
    for (const name of called) expect(run('--help').stderr).toContain(`  ${name} `)
    expect(called.length).toBeGreaterThan(7)
  })

  it('explains a wrong setting without a stack', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/run.mjs'), 'migrate'], {
      encoding: 'utf8',
      env: { ...process.env, PORT: 'web' },
    })
    expect(status).toBe(1)
    expect(stderr).toBe('migrate: PORT="web": expected a whole number from 0 to 65535, such as 4600\n')
  })
})
