/** Where the local broker's jars lie. Plain JavaScript: the set-up step that fetches them runs before anything is installed. */
import { join } from 'node:path'

export const kafkaVersion = '4.3.1'
export const kafkaJars = (home) => join(home, 'kafka', `libs-${kafkaVersion}`)
