import { featureShift } from './feature-shift'
import { labelFlips } from './label-flips'
import { modelRegression } from './model-regression'
import { pipelineBug } from './pipeline-bug'
import type { Judged, Playbook } from './playbook'

/** In the order in which they are tried. */
export const playbooks: readonly Playbook[] = [labelFlips, modelRegression, pipelineBug, featureShift]

/** The first playbook that fits; null: none is shipped for this yet. */
export function fittingPlaybook(judged: Judged): Playbook | null {
  return playbooks.find((playbook) => playbook.fits(judged)) ?? null
}
