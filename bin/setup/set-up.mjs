import { join } from 'node:path'
import { withLock } from '../../lib/local/lock.mjs'
import { report } from './report.mjs'

/**
 * Runs those steps that are not done yet, one after the other. Two commands that start at once in one clone do not get into each other's way:
 * one works, the other waits and finds it done.
 * @param {string[]} names files of this folder
 * @param {import('./step').Place} place
 * @param {{ quiet?: boolean | undefined }} options
 */
export async function setUp(names, place, { quiet }) {
  for (const name of names) {
    /** @type {{ default: import('./step').Step }} */
    const { default: step } = await import(/* @vite-ignore */ new URL(`./${name}.mjs`, import.meta.url).href)
    if (await step.done(place)) continue
    const line = report(step.title, quiet ? null : process.stderr)
    try {
      await withLock(
        join(place.root, '.setup.lock'),
        async () => {
          if (await step.done(place)) return line.finish('done by another start')
          line.finish(await step.run(place, line.progress))
        },
        (pid) => line.note(`waits for another start (process ${pid})`),
      )
    } catch (error) {
      line.fail()
      throw error
    }
  }
}
