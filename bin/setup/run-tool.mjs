import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { processMark } from '../../lib/local/process-mark.mjs'

const keepCharacters = 20_000
const noteFile = fileURLToPath(new URL('../../.setup.lock.tool', import.meta.url))

/**
 * Runs a tool to its end, silently; what it said is kept for the error. It ends with us; where we are killed and it goes on alone, the next tool
 * to be run ends it first, so that no two of them write to the same folder.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<string>} what it said
 */
export async function runTool(command, args, options = {}) {
  await endOrphan()
  return new Promise((done, fail) => {
    // A process group of its own: it is ended with all that it has started.
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    if (child.pid) note(child.pid)
    let said = ''
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk).slice(-keepCharacters)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    // npm takes its time over SIGTERM; what it leaves half-done is thrown away anyway.
    const end = () => endGroup(child.pid)
    process.once('exit', end)
    const over = () => {
      process.removeListener('exit', end)
      rmSync(noteFile, { force: true })
    }
    child.once('error', (error) => {
      over()
      fail(Object.assign(error, { said }))
    })
    child.once('close', (code, signal) => {
      over()
      if (code === 0) return done(said)
      const how = signal ?? `exit code ${code}`
      fail(Object.assign(new Error(`${command} ${args[0] ?? ''}: ${how}\n${said.trim()}`), { said }))
    })
  })
}

function note(pid) {
  const owner = { pid: process.pid, mark: processMark(process.pid) }
  writeFileSync(noteFile, JSON.stringify({ tool: { pid, mark: processMark(pid) }, owner }))
}

async function endOrphan() {
  let noted
  try {
    noted = JSON.parse(readFileSync(noteFile, 'utf8'))
  } catch {
    return
  }
  const lives = ({ pid, mark }) => mark !== null && processMark(pid) === mark
  if (lives(noted.owner)) return
  while (lives(noted.tool)) {
    endGroup(noted.tool.pid)
    await sleep(50)
  }
  rmSync(noteFile, { force: true })
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}
