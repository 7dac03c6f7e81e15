import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '@/lib/local/write-whole'

/** The broker's log settings, written into its folder: warnings and errors to standard output. Without any it logs errors alone. */
export function logSettings(folder: string): string {
  const file = join(folder, 'log4j2.properties')
  const lines = [
    'status=error',
    'appender.out.type=Console',
    'appender.out.name=out',
    'appender.out.layout.type=PatternLayout',
    'appender.out.layout.pattern=%d{ISO8601} %p %m (%c)%n',
    'rootLogger.level=warn',
    'rootLogger.appenderRef.out.ref=out',
  ]
  if (!existsSync(file)) writeWhole(file, `${lines.join('\n')}\n`)
  return file
}
