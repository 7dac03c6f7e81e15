import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, publicUrl } from '@/lib/config'
import { variables } from '@/lib/config-table'

describe('loadConfig', () => {
  it('knows the defaults of Contract 4', () => {
    expect(loadConfig({})).toMatchObject({
      port: 4600,
      host: '127.0.0.1',
      home: resolve('.assay'),
      databaseUrl: undefined,
      kafkaBrokers: undefined,
      kafkaTopics: ['assay.events'],
      kafkaGroupId: 'assay',
      logLevel: 'info',
    })
  })

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ PORT: '', KAFKA_BROKERS: ' ' })).toMatchObject({ port: 4600, kafkaBrokers: undefined })
  })

  it('reads lists', () => {
    expect(loadConfig({ KAFKA_BROKERS: 'a:9092, [::1]:9093', KAFKA_TOPICS: 'one,two' })).toMatchObject({
      kafkaBrokers: ['a:9092', '[::1]:9093'],
      kafkaTopics: ['one', 'two'],
    })
    expect(loadConfig({ KAFKA_BROKERS: 'none' }).kafkaBrokers).toBe('none')
  })

  it.each([
    [
      'KAFKA_BROKERS',
      'localhost;9092',
      'KAFKA_BROKERS="localhost;9092": expected host:port, comma separated, or none, such as localhost:9092',
    ],
    ['PORT', 'web', 'PORT="web": expected a whole number from 0 to 65535, such as 4600'],
    ['PORT', '70000', 'PORT="70000": expected a whole number from 0 to 65535, such as 4600'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL="loud": expected trace, debug, info, warn, error, fatal or silent, such as info'],
    [
      'DATABASE_URL',
      'mysql://me:hunter2@db/x',
      'DATABASE_URL=(not shown): expected a postgres:// address, such as postgres://assay:secret@localhost:5432/assay',
    ],
  ])('names a wrong %s, what is accepted and an example', (name, value, message) => {
    expect(() => loadConfig({ [name]: value })).toThrow(new ConfigError(message))
  })

  it('names every wrong variable at once', () => {
    expect(() => loadConfig({ PORT: '-1', HOST: 'a b' })).toThrow(/^PORT=.*\nHOST=/)
  })

  it('accepts the example of every variable but the secret', () => {
    for (const { name, schema, example } of Object.values(variables)) {
      if (name !== 'ASSAY_SECRET') expect(schema.safeParse(example).success, name).toBe(true)
    }
  })
})

describe('publicUrl', () => {
  it('is where people reach the app', () => {
    expect(publicUrl(loadConfig({}))).toBe('http://127.0.0.1:4600')
    expect(publicUrl(loadConfig({ HOST: '0.0.0.0', PORT: '80' }))).toBe('http://localhost:80')
    expect(publicUrl(loadConfig({ HOST: '::1' }))).toBe('http://[::1]:4600')
    expect(publicUrl(loadConfig({ ASSAY_BASE_URL: 'https://assay.example.com/' }))).toBe('https://assay.example.com')
  })
})
