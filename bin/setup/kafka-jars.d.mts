import type { Step } from './step'
/** Folder of Kafka's jars under a home; whole once it holds `.complete`. */
export function kafkaJars(home: string): string
export const kafkaVersion: string
declare const step: Step
export default step
