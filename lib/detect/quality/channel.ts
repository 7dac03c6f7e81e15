/** Which flags a column may have, and as what their alarms are known. */
export const channels = ['missing', 'schema', 'repeat', 'range', 'constant'] as const
export type Channel = (typeof channels)[number]

export const channelKinds = {
  missing: 'quality.missing',
  schema: 'quality.schema',
  repeat: 'quality.frozen',
  range: 'quality.range',
  constant: 'quality.range',
} as const satisfies Record<Channel, string>
