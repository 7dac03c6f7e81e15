import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '@/lib/config'
import { variables } from '@/lib/config-table'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const known = new Set<string>(Object.values(variables).map(({ name }) => name))

interface Service {
  build?: string
  image?: string
  command?: string[]
  ports?: string[]
  environment: Record<string, string | number>
  volumes: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck: { test: string[]; interval: string; retries: number }
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const services = Object.entries(compose.services)
const ours = services.filter(([, service]) => service.build)

/** Instructions of the Dockerfile, continued lines joined. */
const instructions = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }))
const all = (name: string) => instructions.filter((one) => one.name === name).map((one) => one.rest)
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'))
const last = (name: string) => lastStage.findLast((one) => one.name === name)?.rest ?? ''

/** Values as a container gets them when the person sets nothing: `${NAME:-default}` → default. */
const unset = (value: string | number) => String(value).replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')

describe('docker-compose.yml', () => {
  it('runs four containers', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['ingest', 'kafka', 'postgres', 'web'])
  })

  it.each(ours)('%s sets only variables that the configuration knows, to values that it accepts', (_, service) => {
    for (const name of Object.keys(service.environment)) expect(known, name).toContain(name)
    const env = Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, unset(value)]))
    expect(loadConfig(env)).toMatchObject({ port: 4600, host: '0.0.0.0', kafkaBrokers: ['kafka:9092'] })
  })

  it('takes from the person only variables that are known, and the password of Postgres', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name as string)
    for (const name of asked) expect([...known, 'POSTGRES_PASSWORD']).toContain(name)
  })

  it('points the app at the other containers', () => {
    const { postgres, kafka } = compose.services
    for (const [, { environment }] of ours) {
      const url = new URL(unset(environment.DATABASE_URL ?? ''))
      expect(compose.services).toHaveProperty(url.hostname)
      expect(url.username).toBe(postgres?.environment.POSTGRES_USER)
      expect(url.password).toBe(unset(postgres?.environment.POSTGRES_PASSWORD ?? ''))
      expect(url.pathname).toBe(`/${postgres?.environment.POSTGRES_DB}`)
      expect(kafka?.environment.KAFKA_ADVERTISED_LISTENERS).toBe(`PLAINTEXT://${environment.KAFKA_BROKERS}`)
    }
  })

  it.each(services)('%s has a health check and keeps its data in a volume', (_, service) => {
    expect(service.healthcheck.test[0]).toMatch(/^CMD/)
    expect(service.healthcheck.test.length).toBeGreaterThan(1)
    expect(service.healthcheck.retries).toBeGreaterThan(0)
    for (const volume of service.volumes) expect(compose.volumes).toHaveProperty(volume.split(':')[0] as string)
    expect(service.volumes.length).toBeGreaterThan(0)
  })

  it('starts the app when its stores are healthy', () => {
    for (const [, service] of ours) {
      expect(service.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        kafka: { condition: 'service_healthy' },
      })
    }
  })

  it('publishes the port that the web app listens on, to this machine alone', () => {
    const web = compose.services.web as Service
    expect(web.ports).toEqual([`127.0.0.1:${web.environment.PORT}:${web.environment.PORT}`])
    expect(web.healthcheck.test.join(' ')).toContain(`:${web.environment.PORT}/api/v1/healthz`)
    expect(existsSync(join(root, 'app/api/v1/healthz/route.ts'))).toBe(true)
  })

  it('starts commands that exist', () => {
    for (const [, { command }] of ours) {
      if (command) expect(existsSync(join(root, command.at(-1) as string)), command.join(' ')).toBe(true)
    }
  })

  it('looks for the file that the worker touches', () => {
    expect(compose.services.ingest?.healthcheck.test[1]).toContain('run/worker.$$(hostname).alive')
    expect(read('lib/local/sign-of-life.ts')).toContain('.alive')
  })
})

describe('Dockerfile', () => {
  it('has several stages, and ends as a user who is not root', () => {
    expect(all('FROM').length).toBeGreaterThan(1)
    expect(last('USER')).toBe('node')
  })

  it('copies what exists and is not ignored', () => {
    const ignored = read('.dockerignore').split('\n').filter(Boolean)
    const paths = all('COPY')
      .filter((rest) => !rest.includes('--from='))
      .flatMap((rest) =>
        rest
          .split(/\s+/)
          .filter((word) => !word.startsWith('--'))
          .slice(0, -1),
      )
    for (const path of paths) {
      expect(existsSync(join(root, path)), path).toBe(true)
      expect(ignored, path).not.toContain(path)
    }
  })

  it('copies from stages that it has', () => {
    const stages = all('FROM').flatMap((rest) => / AS (\w+)$/.exec(rest)?.[1] ?? [])
    const used = all('COPY').flatMap((rest) => /--from=(\w+)/.exec(rest)?.[1] ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const stage of used) expect(stages).toContain(stage)
  })

  it('sets only variables that the configuration or its tools know', () => {
    const names = last('ENV').match(/\w+(?==)/g) ?? []
    for (const name of names) expect([...known, 'NODE_ENV', 'NEXT_TELEMETRY_DISABLED']).toContain(name)
  })

  it('exposes the default port, checks its health and starts the web app', () => {
    expect(last('EXPOSE')).toBe(variables.port.unset)
    expect(last('HEALTHCHECK')).toContain('/api/v1/healthz')
    const command = JSON.parse(last('CMD')) as string[]
    expect(command[0]).toBe('node')
    expect(existsSync(join(root, command.at(-1) as string))).toBe(true)
  })
})
