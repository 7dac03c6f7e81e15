import { type LogEntry, logLevel } from 'kafkajs'

export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void

const levels = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'debug',
  [logLevel.DEBUG]: 'debug',
  [logLevel.NOTHING]: 'debug',
} as const
/** What kafkajs calls errors and puts right by itself. */
const harmless =
  /coordinator is loading|The group is rebalancing|not aware of this member|There is no leader|Connection timeout|heartbeat/i

/** kafkajs' log lines as ours; what it puts right by itself is no error. */
export function kafkaLog(log: Log) {
  return () =>
    ({ level, log: { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...fields } }: LogEntry) => {
      const text = `${message} ${typeof fields.error === 'string' ? fields.error : ''}`
      const ours = levels[level] ?? 'debug'
      log(ours === 'error' && harmless.test(text) ? 'debug' : ours, fields, `kafka: ${message}`)
    }
}
