import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright'
import { findBrowser } from '@/bin/setup/browser.mjs'
import { type Connection, connect } from '@/db/client'
import { txOver } from '@/db/tx'
import { runWorker } from '@/ingest/main'
import { firstAdminLink } from '@/lib/access/first-admin'
import type { Finding } from '@/lib/alert/finding'
import { loadConfig } from '@/lib/config'
import { raiseFinding } from '@/lib/incident/raise'
import { freshDatabase } from '../../fixture/services'
import { flips, jump } from './findings'
import { freePort } from './free-port'
import { trainingRows } from './rows'
import { seedEvidence, seedIngest, seedModel, seedSources, seedWindows } from './seed'
import { regional, shopLines, shopRows } from './shop'
import { startWebProcess } from './web-process'

export interface World {
  url: string
  databaseUrl: string
  connection: Connection
  /** A window of its own, signed in. */
  visit(options?: BrowserContextOptions): Promise<BrowserContext>
  raise(finding: Finding): Promise<void>
  stop(): Promise<void>
}

/** The built web app on a real Postgres with one browser; `empty` leaves out the models and what happened to them; `shop` adds one whose events are stored. */
export async function startWorld({ empty = false, shop = false } = {}): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'assay-e2e-'))
  chmodSync(home, 0o711)
  const database = await freshDatabase()
  const env = {
    ...process.env,
    ASSAY_HOME: home,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATABASE_URL: database.url,
    KAFKA_BROKERS: 'none',
    LOG_LEVEL: 'silent',
  }
  const config = loadConfig(env)
  const connection = connect(database.url, { max: 3, applicationName: 'e2e' })
  const web = await startWebProcess(env)
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  const signedIn = await signIn(
    browser,
    (await firstAdminLink({ ...config, databaseUrl: database.url }, web.url)) ?? '',
  )
  const world: World = {
    url: web.url,
    databaseUrl: database.url,
    connection,
    visit: (options = {}) =>
      browser.newContext({
        baseURL: web.url,
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
        storageState: signedIn,
      }),
    raise: (finding) => raise(connection, finding),
    async stop() {
      await browser.close()
      await web.stop()
      await connection.close()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
  if (!empty) await populate(world, database.url)
  if (shop) await openShop(world, database.url)
  return world
}

async function signIn(browser: Browser, link: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  const state = await context.storageState()
  await context.close()
  return state
}

async function populate(world: World, databaseUrl: string) {
  const { db } = world.connection
  const { ids, flipped, lines } = trainingRows()
  await send(world, lines)
  await stored(world, databaseUrl, ids.length)

  const spam = await seedModel(db, { id: 'spam', task: 'classification' })
  const rain = await seedModel(db, { id: 'rain', task: 'classification' })
  const credit = await seedModel(db, { id: 'credit', task: 'classification' })
  const source = { origin: 'vendor-7', label: 'ham' }
  await seedEvidence(db, spam, 'poison.label_flip', 'origin=vendor-7 & label=ham', source, 1.3)
  await seedEvidence(db, rain, 'drift.feature', 'feature=temp_max', { feature: 'temp_max' }, 0.95)
  await seedEvidence(db, credit, 'drift.feature', 'feature=amount', { feature: 'amount' }, 0.1)
  await seedSources(db, spam)
  await seedWindows(db, rain)
  await seedIngest(db)
  await world.raise(flips(flipped))
  await world.raise(jump())
}

/** A model that came in by its events alone: windows, baseline, segments and labels are what the worker made of them. */
async function openShop(world: World, databaseUrl: string) {
  const [before] = await world.connection.sql<{ n: number }[]>`select count(*)::int as n from event`
  await send(world, shopLines())
  await stored(world, databaseUrl, (before?.n ?? 0) + 2 * shopRows)
  await world.raise(regional())
}

async function send(world: World, lines: string) {
  const sender = await world.visit()
  const answer = await sender.request.post('/api/v1/events', {
    data: lines,
    headers: { 'content-type': 'application/x-ndjson', origin: world.url },
  })
  if (answer.status() !== 202) throw new Error(`events were refused: ${answer.status()} ${await answer.text()}`)
  await sender.close()
}

/** The real worker takes the events in, so that the rows behind an alert have coordinates. */
async function stored(world: World, databaseUrl: string, count: number) {
  const worker = await runWorker({
    databaseUrl,
    kafkaBrokers: 'none',
    kafkaTopics: [],
    kafkaGroupId: 'e2e',
    batchRows: 500,
    batchMs: 50,
    snapshotEvents: 1000,
    logLevel: 'silent',
  })
  const deadline = Date.now() + 30_000
  for (;;) {
    const [row] = await world.connection.sql<{ n: number }[]>`select count(*)::int as n from event`
    if ((row?.n ?? 0) >= count) break
    if (Date.now() > deadline) throw new Error(`expected ${count} events, found ${row?.n}`)
    await new Promise((done) => setTimeout(done, 50))
  }
  await worker.stop()
}

async function raise(connection: Connection, finding: Finding) {
  await connection.db.transaction(async (inner) => {
    const tx = txOver(inner)
    const row = await tx.models.byId(finding.model)
    if (!row) throw new Error(`no model ${finding.model}`)
    await raiseFinding(tx, finding, { seq: finding.eventIndex, modelKey: row.key, now: new Date() })
    await tx.notify.changed(finding.model, ['alerts', 'incidents', 'models'])
  })
}
