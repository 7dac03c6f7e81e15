import type { ClassCase } from '@/lib/detect/concept/class-alarm'
import { isLeaf } from '@/lib/detect/concept/class-family'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Alarm } from '@/lib/detect/detector'
import { brief } from '@/lib/detect/drift/words'

/**
 * Who is held to have changed, the world or the model, and by what test.
 */

export function verdictOf(
  state: ConceptState,
  { kind, one, classMix, leaf, support }: ClassCase,
  version: string | null,
  alongside: boolean,
): Pick<Alarm, 'verdict' | 'test'> {
  if (kind === 'drift.label' && classMix)
    return {
      verdict: 'benign-shift',
      test: 'One multiplier of the odds of each class fits the change in all leaves of the baseline’s tree better than leaf by leaf, so the mix of the classes moved and what each looks like stayed; labels chosen in another way would look the same.',
    }
  if (version)
    return {
      verdict: 'model-regression',
      test: alongside
        ? 'Errors rose among this version’s predictions and not among those of the version beside it, so the version is worse.'
        : 'The rise begins with a new version, and the labels follow their features as before, so the version is held worse; a change of the world at that moment in rows that no leaf tells apart would look the same.',
    }
  if (leaf && state.prompt && support < leafSupport && one.name !== 'label' && !isLeaf(one.name))
    return {
      verdict: 'model-regression',
      test: `The labels follow their features as before (${brief(support)} nats over the same rows), yet the model errs more: the model changed, or rows of a kind it never knew well became more.`,
    }
  return {
    verdict: 'concept-change',
    test: leaf
      ? `Rows with like features have other labels than in the baseline (${brief(support)} nats over the same rows), and no version explains it; wrong labels, or a feature that matters and is not seen, would look the same.`
      : 'No version came near the rise, so the rule behind the labels is held changed; drifted or faulty inputs, or wrong labels, would look the same.',
  }
}
const leafSupport = 3.5
