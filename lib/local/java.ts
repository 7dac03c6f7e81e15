import { execFile } from 'node:child_process'
import { join } from 'node:path'

const oldest = 17

/** The Java to run Kafka with: JAVA_HOME's, else the one in PATH. `version` is its full text, such as 17.0.15. */
export async function findJava(): Promise<{ java: string; version: string } | { missing: string }> {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
  // `java -version` prints to standard error: openjdk version "17.0.15" 2025-04-15
  const said = await new Promise<string | null>((done) => {
    execFile(java, ['-version'], { timeout: 20_000 }, (error, _out, err) => done(error ? null : err))
  })
  if (said === null) return { missing: 'no Java found' }
  const version = /version "([^"]+)"/.exec(said)?.[1] ?? ''
  const [first, second] = version.split(/[._-]/).map(Number)
  const major = (first === 1 ? second : first) ?? 0
  return major >= oldest
    ? { java, version }
    : { missing: `Java ${version || '(unknown)'} is too old, Kafka needs ${oldest}` }
}
