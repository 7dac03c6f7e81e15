/** The web app, built. It counts as built when the stamp inside .next, written last, names the hash of everything that goes into it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTool } from './run-tool.mjs'

const folders = ['app', 'db', 'lib', 'public']
const files = /^(package-lock\.json|tsconfig\.json|(?!vitest\.)[\w.-]+\.(ts|mjs|cjs|js))$/
const tests = /\.test\.tsx?$/
const stampOf = (root) => join(root, '.next', '.assay-built')

/** @type {import('./step').Step} */
export default {
  title: 'web app, built',
  done: ({ root }) => read(stampOf(root)) === sourceHash(root),
  async run({ root, env }) {
    const hash = sourceHash(root)
    rmSync(stampOf(root), { force: true })
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
    await runTool(process.execPath, [next, 'build'], {
      cwd: root,
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
    writeFileSync(stampOf(root), hash)
  },
}

function sourceHash(root) {
  const hash = createHash('sha256')
  const paths = [
    ...readdirSync(root).filter((name) => files.test(name) && name !== 'next-env.d.ts'),
    ...folders.flatMap((folder) => list(root, folder)),
  ]
  for (const path of paths.filter((name) => !tests.test(name)).sort()) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function list(root, folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(join(root, path)).isFile())
  } catch {
    return []
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
