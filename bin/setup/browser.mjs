/** A browser for the tests: the system's Chromium or Chrome, else Playwright's own; on Debian, as root, Chromium is installed when there is none. */
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { runTool } from './run-tool.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export function findBrowser() {
  const inPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...inPath, ...macPaths, ...playwrightOwn()].find((path) => existsSync(path)) ?? null
}

/** @type {import('./step').Step} */
export default {
  title: 'a browser for the tests',
  done: () => findBrowser() !== null,
  async run({ root, env }) {
    if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
      const apt = (...args) => runTool('apt-get', args, { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } })
      const install = () => apt('install', '-y', '--no-install-recommends', 'chromium')
      await install().catch(async () => {
        await apt('update')
        await install()
      })
    } else {
      await runTool(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], {
        env,
      })
    }
    const found = findBrowser()
    if (!found)
      throw new Error('no Chromium or Chrome found: install one (Debian: apt-get install -y chromium) and start again')
    return found
  },
}

function playwrightOwn() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
  ]
  const inside = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium']
  return caches
    .filter((cache) => cache && existsSync(cache))
    .flatMap((cache) =>
      readdirSync(cache)
        .filter((name) => name.startsWith('chromium-'))
        .flatMap((name) => inside.map((path) => join(cache, name, path))),
    )
}
