import kafkajs from 'kafkajs'

/** The yardstick: kafkajs and JSON.parse, nothing else. Arguments: brokers, topic, messages, those of them that warm it up. Prints what the worker's process prints. */
const [brokers, topic, count, warmUp] = process.argv.slice(2) as [string, string, string, string]
const consumer = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING }).consumer({
  groupId: `parse-${process.pid}`,
  maxBytesPerPartition: 4 << 20,
})
await consumer.connect()
await consumer.subscribe({ topics: [topic], fromBeginning: true })
let seen = 0
let started = 0
let cpu = process.cpuUsage()
let alive = 0
await consumer.run({
  autoCommit: false,
  eachBatch: async ({ batch }) => {
    if (started === 0 && seen >= Number(warmUp)) {
      started = performance.now()
      cpu = process.cpuUsage()
      alive = 0
      process.stdout.write('begun\n')
    }
    for (const { value } of batch.messages) if (value && JSON.parse(value.toString('utf8')).data) alive++
    seen += batch.messages.length
    if (seen < Number(count)) return
    const used = process.cpuUsage(cpu)
    process.stdout.write(
      `${JSON.stringify({ events: alive, ms: performance.now() - started, cpuMs: (used.user + used.system) / 1000 })}\n`,
    )
    setTimeout(() => process.exit(0))
  },
})
