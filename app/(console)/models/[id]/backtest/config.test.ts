import { expect, it } from 'vitest'
import { askedOf, configOf, configWords } from './config'

it('begins with what the model has, and keeps what the form does not show', () => {
  const config = { classes: ['ham', 'spam'], budget: { falseIncidents: 2, perEvents: 100_000 } }
  expect(askedOf(config)).toMatchObject({
    falseIncidents: '2',
    per: '100000',
    unit: 'events',
    rows: '2000',
    seasonality: 'auto',
  })
  expect(configOf(config, { ...askedOf(config), unit: 'days', per: '7' })).toEqual({
    classes: ['ham', 'spam'],
    budget: { falseIncidents: 2, perDays: 7 },
    baseline: { rows: 2000 },
    seasonality: 'auto',
  })
})
it('says a configuration in a line', () => expect(configWords({})).toBe('1 in 30 days · baseline 2,000 · season auto'))
