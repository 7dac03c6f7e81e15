/**
 * The local broker's jars: Apache Kafka from Maven Central, 44 MB, once for a home. Needs a JDK's `java` and Maven's `mvn`; without them Assay
 * goes on over HTTP alone, and says so when it starts.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kafkaJars, kafkaVersion } from '../../lib/local/kafka-jars.mjs'
import { runTool } from './run-tool.mjs'

// Kafka logs through SLF4J: without a binding the broker dies in silence.
const logVersion = '2.25.4'
const jarCount = 45
const pollMs = 250

/** @type {import('./step').Step} */
export default {
  title: `Kafka ${kafkaVersion}`,
  done: ({ home, env }) => Boolean(env.KAFKA_BROKERS?.trim()) || existsSync(join(kafkaJars(home), '.complete')),
  async run({ home }, progress) {
    const folder = join(home, 'kafka')
    const draft = `${kafkaJars(home)}.new`
    for (const path of [draft, kafkaJars(home)]) rmSync(path, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true })
    writeFileSync(join(folder, 'pom.xml'), pom())
    const count = setInterval(() => progress(readdirSync(draft).length / jarCount), pollMs)
    try {
      const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`]
      await runTool('mvn', ['-f', join(folder, 'pom.xml'), ...goal])
    } catch (error) {
      if (error.code === 'ENOENT') return 'no Maven (mvn) found: events come over HTTP alone'
      const lines = (error.said.trim() || error.message).split('\n')
      return `not fetched, events come over HTTP alone: ${lines.find((line) => line.includes('ERROR')) ?? lines[0]}`
    } finally {
      clearInterval(count)
    }
    writeFileSync(join(draft, '.complete'), '')
    renameSync(draft, kafkaJars(home))
    return `${readdirSync(kafkaJars(home)).length - 1} jars`
  },
}

function pom() {
  const dependency = (group, artifact, version) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>assay</groupId><artifactId>broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', kafkaVersion)}
    ${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', logVersion)}
  </dependencies>
</project>
`
}
