import { spawn } from 'node:child_process'

const keepCharacters = 20_000

/**
 * Runs a tool to its end, silently; what it said is kept for the error. It ends with us, Ctrl-C included.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<string>} what it said
 */
export function runTool(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk).slice(-keepCharacters)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const end = () => child.kill('SIGTERM')
    process.once('exit', end)
    const over = () => process.removeListener('exit', end)
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
