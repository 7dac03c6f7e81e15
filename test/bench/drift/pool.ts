import { fork } from 'node:child_process'

/** One stream to run, and what came of it. */
export interface Task {
  readonly scenario: string
  readonly seed: string
}

/**
 * Runs the tasks in `jobs` child processes of this same command (`--child`), each child one task at a time.
 * @param done takes each result in whatever order they come.
 */
export async function inChildren<R>(
  script: string,
  args: readonly string[],
  tasks: readonly Task[],
  jobs: number,
  done: (result: R) => void,
): Promise<void> {
  const left = [...tasks]
  await Promise.all(
    Array.from({ length: Math.min(jobs, tasks.length) }, () => {
      return new Promise<void>((resolve, reject) => {
        const child = fork(script, ['--child', ...args])
        const next = () => {
          const task = left.shift()
          if (task) child.send(task)
          else child.disconnect()
        }
        child.on('message', (result) => {
          done(result as R)
          next()
        })
        child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a child ended with ${code}`))))
        next()
      })
    }),
  )
}
