/**
 * `npm test`: format, lint and layer rules, types, then unit, integration and browser tests with real services. The last line is
 * `N passed, N failed`, where the lint and the types count as one test each. Arguments go to vitest: `npm test -- lib/stats`.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readCounts } from '@/bin/test-counts'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
const report = join(folder, 'report.json')
const total = { passed: 0, failed: 0 }

function run(title: string, script: string, args: string[]): Promise<boolean> {
  process.stdout.write(`\n${title}\n`)
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGTERM', forward)
  // A terminal sends Ctrl-C to the child as well; we wait for it to clean up.
  const wait = () => {}
  process.on('SIGINT', wait)
  return new Promise((done) => {
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', forward)
      process.off('SIGINT', wait)
      if (signal) process.exitCode = 1
      done(code === 0)
    })
  })
}

const count = (passed: boolean) => {
  if (passed) total.passed++
  else total.failed++
}

count(await run('Format, lint and layers', '@biomejs/biome/bin/biome', ['check', '.']))
count(await run('Types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']))
const tests = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)]
const passed = await run('Tests', 'vitest/vitest.mjs', tests)
const counts = readCounts(report)
total.passed += counts.passed
// What fails outside a test (a service that does not start, an unhandled rejection) fails the run without a failed test.
total.failed += counts.failed || (passed ? 0 : 1)
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exit(total.failed === 0 ? 0 : 1)
