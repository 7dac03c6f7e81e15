import { z } from 'zod'

/** One setting: what the environment calls it, what it may hold, what it is when unset. */
export interface Variable<T> {
  /** Name in the environment. */
  readonly name: string
  /** Parses the text of the environment; is given `unset` when the variable is absent or empty. */
  readonly schema: z.ZodType<T>
  /** Text that stands for an absent variable; undefined: there is none, the value is undefined. */
  readonly unset: string | undefined
  /** The default in words, for the table in the README; `unset` when left out. */
  readonly byDefault?: string
  /** Completes "expected …". */
  readonly accepts: string
  readonly example: string
  readonly about: string
  /** Its value never appears in a message. */
  readonly private?: boolean
}

const port = whole(0, 65_535)
const hostPort = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/
const topicName = /^[A-Za-z0-9._-]{1,249}$/

/** Every variable that Assay reads. The README's table and the checks on docker-compose.yml are made from this one. */
export const variables = {
  port: setting({
    name: 'PORT',
    schema: port,
    unset: '4600',
    accepts: 'a whole number from 0 to 65535',
    example: '4600',
    about: 'port of the web app and the API; 0 takes a free one',
  }),
  host: setting({
    name: 'HOST',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
    unset: '127.0.0.1',
    accepts: 'a host name or an address',
    example: '0.0.0.0',
    about: 'address to listen on; `0.0.0.0` lets other machines in',
  }),
  baseUrl: setting({
    name: 'ASSAY_BASE_URL',
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    unset: undefined,
    byDefault: '`http://HOST:PORT`',
    accepts: 'an http or https address',
    example: 'https://assay.example.com',
    about: 'address at which people reach the app, for links and sign-in behind a proxy',
  }),
  home: setting({
    name: 'ASSAY_HOME',
    schema: z.string().min(1),
    unset: '.assay',
    accepts: 'a folder',
    example: '/var/lib/assay',
    about: 'all local state: embedded Postgres, broker, keys; deleting it is a full reset',
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    unset: undefined,
    byDefault: 'embedded Postgres',
    accepts: 'a postgres:// address',
    example: 'postgres://assay:secret@localhost:5432/assay',
    about: 'Postgres 15 or later to use instead of the embedded one',
    private: true,
  }),
  kafkaBrokers: setting({
    name: 'KAFKA_BROKERS',
    schema: z.union([z.literal('none').transform(() => 'none' as const), list(hostPort)]).optional(),
    unset: undefined,
    byDefault: 'local broker',
    accepts: 'host:port, comma separated, or none',
    example: 'localhost:9092',
    about: 'Kafka to use instead of the local one; `none` takes events over HTTP alone',
  }),
  kafkaTopics: setting({
    name: 'KAFKA_TOPICS',
    schema: list(topicName),
    unset: 'assay.events',
    accepts: 'topic names, comma separated',
    example: 'assay.events,scoring.log',
    about: 'topics to read; what is posted over HTTP goes to the first',
  }),
  kafkaGroupId: setting({
    name: 'KAFKA_GROUP_ID',
    schema: z.string().regex(topicName),
    unset: 'assay',
    accepts: 'letters, digits, dots, dashes and underscores',
    example: 'assay',
    about: 'consumer group of the workers',
  }),
  adminEmail: setting({
    name: 'ASSAY_ADMIN_EMAIL',
    schema: z.email().optional(),
    unset: undefined,
    byDefault: 'a single-use link is printed',
    accepts: 'an email address',
    example: 'ops@example.com',
    about: 'the first administrator, made at the first start',
  }),
  adminPassword: setting({
    name: 'ASSAY_ADMIN_PASSWORD',
    schema: z.string().min(8).optional(),
    unset: undefined,
    byDefault: 'a single-use link is printed',
    accepts: 'at least 8 characters',
    example: 'a passphrase of four words',
    about: "the first administrator's password",
    private: true,
  }),
  secret: setting({
    name: 'ASSAY_SECRET',
    schema: z.string().min(32).optional(),
    unset: undefined,
    byDefault: 'made and kept in `ASSAY_HOME`',
    accepts: 'at least 32 characters',
    example: 'the output of `openssl rand -base64 32`',
    about: 'signs sessions and encrypts stored secrets; the same for every process',
    private: true,
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    unset: 'info',
    accepts: 'trace, debug, info, warn, error, fatal or silent',
    example: 'info',
    about: 'least severe log line that is written',
  }),
  batchRows: setting({
    name: 'ASSAY_BATCH_ROWS',
    schema: whole(1, 100_000),
    unset: '20000',
    accepts: 'a whole number from 1 to 100000',
    example: '20000',
    about: 'events (count) that the worker puts into one transaction at most',
  }),
  batchMs: setting({
    name: 'ASSAY_BATCH_MS',
    schema: whole(1, 60_000),
    unset: '250',
    accepts: 'a whole number from 1 to 60000',
    example: '250',
    about: 'time (ms) that an event waits for its batch at most',
  }),
  snapshotEvents: setting({
    name: 'ASSAY_SNAPSHOT_EVENTS',
    schema: whole(100, 10_000_000),
    unset: '100000',
    accepts: 'a whole number from 100 to 10000000',
    example: '100000',
    about: 'events (count) of a model between two snapshots of its detectors; more: a longer catch-up after a restart',
  }),
} as const satisfies Record<string, Variable<unknown>>

function setting<T>(variable: Variable<T>): Variable<T> {
  return variable
}

function whole(from: number, to: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().int().min(from).max(to))
}

function list(item: RegExp) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().regex(item)).min(1))
}
