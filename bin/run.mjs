#!/usr/bin/env node
/**
 * `node bin/run.mjs <command> [arguments]`: what every npm script calls. Plain JavaScript that needs nothing but Node: it runs the set-up steps
 * that the command needs and that are not done yet, then the command itself, bin/<command>.ts, in this very process, so that signals and exit
 * codes go straight through. What it says goes to standard error.
 */
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setUp } from './setup/set-up.mjs'

/** Steps in order. `quiet`: set-up says nothing unless someone watches the terminal. `serves`: SIGTERM is its regular end, exit code 0. */
const commands = {
  demo: {
    about: 'everything, with a real data set and an attack in it',
    steps: ['node-version', 'install', 'kafka-jars', 'build'],
    serves: true,
  },
  start: {
    about: 'everything: Postgres, Kafka, web app, worker',
    steps: ['node-version', 'install', 'kafka-jars', 'build'],
    serves: true,
  },
  web: { about: 'the web app and the API alone', steps: ['node-version', 'install', 'build'], serves: true },
  worker: { about: 'one ingest worker alone', steps: ['node-version', 'install', 'kafka-jars'], serves: true },
  learner: { about: "the demo's learner alone", steps: ['node-version', 'install'], serves: true },
  migrate: { about: 'bring the database schema up to date', steps: ['node-version', 'install'] },
  token: { about: 'print a new API token', steps: ['node-version', 'install'], quiet: true },
  replay: { about: 'the detectors on a file, with no server', steps: ['node-version', 'install'], quiet: true },
  backtest: { about: 'a configuration over a stored past', steps: ['node-version', 'install'], quiet: true },
  test: { about: 'every test', steps: ['node-version', 'install', 'kafka-jars', 'build', 'browser'] },
}

const root = resolve(fileURLToPath(import.meta.url), '..', '..')
const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (!command) {
  const list = Object.entries(commands).map(([key, { about }]) => `  ${key.padEnd(8)} ${about}`)
  process.stderr.write(`usage: npm run -s <command> -- [arguments]\n\n${list.join('\n')}\n`)
  process.exit(name === '--help' || name === 'help' ? 0 : 2)
}

// npm starts us in the clone; paths on the command line are meant from where the person stands.
if (process.env.INIT_CWD && process.env.npm_lifecycle_event && process.cwd() === root)
  process.chdir(process.env.INIT_CWD)
const home = process.env.ASSAY_HOME?.trim() ? resolve(process.env.ASSAY_HOME.trim()) : resolve(root, '.assay')
process.env.ASSAY_HOME = home

const onSignal = (signal) => process.exit(signal === 'SIGTERM' && command.serves ? 0 : signal === 'SIGINT' ? 130 : 143)
process.on('SIGINT', onSignal)
process.on('SIGTERM', onSignal)
try {
  await setUp(command.steps, { root, home, env: process.env }, { quiet: command.quiet && !process.stderr.isTTY })
} catch (error) {
  process.stderr.write(`${name}: ${error.message}\n`)
  process.exit(1)
}
process.removeListener('SIGINT', onSignal)
process.removeListener('SIGTERM', onSignal)

// kafkajs 2.2.4 computes a negative time-out for a queue that is not throttled; Node 24 warns about it on every connection.
const warn = process.emitWarning
process.emitWarning = (warning, ...rest) => {
  if (!rest.includes('TimeoutNegativeWarning')) warn.call(process, warning, ...rest)
}

const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
process.argv = [process.argv[0], file, ...args]
const { register } = await import('tsx/esm/api')
register({ tsconfig: resolve(root, 'tsconfig.json') })
try {
  await import(pathToFileURL(file).href)
} catch (error) {
  // A setting or a service that cannot be used is explained by its message; anything else is a fault of ours and wants its stack.
  process.stderr.write(
    `${name}: ${error?.name === 'ConfigError' || error?.expected ? error.message : (error?.stack ?? error)}\n`,
  )
  process.exit(1)
}
