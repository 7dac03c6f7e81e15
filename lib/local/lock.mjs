/**
 * A lock between processes that survives kill -9 of its holder: a file with the holder's process id and mark. Plain JavaScript, because the
 * set-up steps use it before anything is installed.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processMark } from './process-mark.mjs'

const pollMs = 100

export async function withLock(path, work, onWait) {
  mkdirSync(dirname(path), { recursive: true })
  const mine = JSON.stringify({ pid: process.pid, mark: processMark(process.pid), id: randomUUID() })
  let told = false
  for (;;) {
    if (take(path, mine)) break
    const held = read(path)
    const holder = held === null ? null : parse(held)
    if (held !== null && (holder === null || processMark(holder.pid) !== holder.mark)) {
      discard(path, held)
      continue
    }
    if (!told && holder) onWait?.(holder.pid)
    told = true
    await sleep(pollMs)
  }
  try {
    return await work()
  } finally {
    if (read(path) === mine) rmSync(path, { force: true })
  }
}

/** Linking a finished file is atomic and fails when the lock exists: a half-written lock is never seen. */
function take(path, content) {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, content)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Removes a dead holder's lock; one that a faster process has taken meanwhile is put back. */
function discard(path, dead) {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (read(aside) !== dead) linkSync(aside, path)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
