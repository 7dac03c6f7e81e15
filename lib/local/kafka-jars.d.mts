/** The Apache Kafka that Assay brings up. */
export const kafkaVersion: string
/** Folder of its jars under a home; whole once it holds `.complete`. */
export function kafkaJars(home: string): string
