import { describe, expect, it } from 'vitest'
import { alertKinds, verdicts } from '@/lib/alert/finding'
import { phases } from './playbook'
import { fittingPlaybook, playbooks } from './shipped'

describe('the shipped playbooks', () => {
  it('fit flips, worse versions, feature shifts and pipeline bugs, and nothing that they do not help with', () => {
    const fitting = (
      kind: Parameters<typeof fittingPlaybook>[0]['kind'],
      verdict: Parameters<typeof fittingPlaybook>[0]['verdict'],
    ) => fittingPlaybook({ kind, verdict })?.id ?? null
    expect(fitting('poison.label_flip', 'poisoning')).toBe('label-flips')
    expect(fitting('drift.feature', 'benign-shift')).toBe('feature-shift')
    expect(fitting('drift.feature', 'pipeline-bug')).toBe('pipeline-bug')
    expect(fitting('quality.missing', 'undetermined')).toBe('pipeline-bug')
    expect(fitting('quality.volume', 'benign-shift')).toBe('feature-shift')
    expect(fitting('drift.performance', 'model-regression')).toBe('model-regression')
    expect(fitting('drift.concept', 'concept-change')).toBe('feature-shift')
    expect(fitting('drift.concept', 'poisoning')).toBeNull()
    expect(fitting('poison.trigger', 'poisoning')).toBeNull()
  })
  it('leave no drift and no broken data without one', () => {
    const left = alertKinds
      .filter((kind) => !kind.startsWith('poison.'))
      .flatMap((kind) => verdicts.filter((v) => v !== 'poisoning').map((verdict) => ({ kind, verdict })))
      .filter((judged) => fittingPlaybook(judged) === null)
    expect(left).toEqual([])
  })
  it.each(playbooks.map((playbook) => [playbook.id, playbook] as const))(
    '%s goes through all phases in order, each step due no earlier than the phase before',
    (_, { steps }) => {
      const order = steps.map((step) => phases.indexOf(step.phase))
      expect(order).toEqual([...order].sort((a, b) => a - b))
      expect(new Set(order).size).toBe(phases.length)
      expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length)
      for (const step of steps) {
        expect(step.dueMinutes).toBeGreaterThan(0)
        expect(step.guidance.length).toBeGreaterThan(40)
      }
    },
  )
})
