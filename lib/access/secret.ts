import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '@/lib/config'
import { keepOnce } from '@/lib/local/keep-once'

/** What signs sessions and encrypts stored secrets: ASSAY_SECRET, or one made once and kept under ASSAY_HOME, readable by its owner alone. */
export const assaySecret = (config: Pick<Config, 'secret' | 'home'>): string =>
  config.secret ?? keepOnce(join(config.home, 'secret'), () => randomBytes(32).toString('base64url'))
