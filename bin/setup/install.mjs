/**
 * The packages of package-lock.json. They count as installed when a stamp inside node_modules names this lock file's hash and every package's
 * folder is there; the stamp is written last, and goes with node_modules.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTool } from './run-tool.mjs'

const stampOf = (root) => join(root, 'node_modules', '.assay-installed')
const installedOf = (root) => join(root, 'node_modules', '.package-lock.json')
const pollMs = 250

/** @type {import('./step').Step} */
export default {
  title: 'packages',
  done({ root }) {
    const installed = packages(installedOf(root))
    if (!installed || !Object.keys(installed).every((path) => isThere(root, path))) return false
    const want = expected(root)
    if (read(stampOf(root)) === want) return true
    // Someone ran npm by hand: npm writes its own list last, so a list that fits the lock file is as good as ours.
    if (!fits(packages(join(root, 'package-lock.json')), installed)) return false
    writeFileSync(stampOf(root), want)
    return true
  },
  async run({ root, env }, progress) {
    const all = Object.entries(packages(join(root, 'package-lock.json')) ?? {})
    const wanted = all.filter(([path, entry]) => path && fitsHere(entry)).map(([path]) => path)
    const count = setInterval(
      () => progress(wanted.filter((path) => isThere(root, path)).length / wanted.length),
      pollMs,
    )
    const [npm, before] = npmCommand()
    const install = () =>
      runTool(npm, [...before, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
        cwd: root,
        env: { ...env, NODE_ENV: undefined },
      })
    try {
      // Registries have bad moments; one more try costs little.
      await install().catch(install)
    } finally {
      clearInterval(count)
    }
    writeFileSync(stampOf(root), expected(root))
    return `${wanted.filter((path) => isThere(root, path)).length} packages`
  },
}

/** What the stamp says after a whole installation: packages with binaries differ by platform. */
function expected(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return `${lock} ${process.platform}-${process.arch}`
}

/** npm as it was called, or the one in PATH; on Windows it is a script, which only npm's own path avoids. */
function npmCommand() {
  const path = process.env.npm_execpath
  return path?.endsWith('npm-cli.js') && existsSync(path) ? [process.execPath, [path]] : ['npm', []]
}

function fits(locked, installed) {
  if (!locked) return false
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true
    const there = installed[path]
    return there
      ? there.version === entry.version && there.integrity === entry.integrity
      : entry.optional || entry.devOptional || entry.peer
  })
}

function fitsHere({ os, cpu, libc }) {
  const allows = (list, value) => !list || list.includes(value)
  const musl = existsSync('/etc/alpine-release') ? 'musl' : 'glibc'
  return (
    allows(os, process.platform) && allows(cpu, process.arch) && (process.platform !== 'linux' || allows(libc, musl))
  )
}

const isThere = (root, path) => existsSync(join(root, path, 'package.json'))

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
