/**
 * Who a process id is. A pid file alone is not proof: ids are given out again, after a reboot at the latest. Plain JavaScript, because the
 * set-up steps use it before anything is installed.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

let boot = ''

export function processMark(pid) {
  if (process.platform !== 'linux') return ps(pid, 'lstart=') || null
  try {
    boot ||= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Fields after the name, which is in brackets and may hold anything: 3 is the state, 22 the start time in clock ticks since boot.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${boot}:${fields[19]}`
  } catch {
    return null
  }
}

export function commandLine(pid) {
  if (process.platform !== 'linux') return ps(pid, 'command=')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

function ps(pid, column) {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}
