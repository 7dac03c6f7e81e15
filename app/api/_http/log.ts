import pino from 'pino'

/** Of the web process: structured lines on standard error. Standard output belongs to `ready`. */
export const log = pino({ level: process.env.LOG_LEVEL || 'info', base: { part: 'web' } }, pino.destination(2))
