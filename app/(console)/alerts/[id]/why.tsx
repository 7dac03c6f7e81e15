import { DefinitionList, Entry } from '@/app/_ui/definition-list'
import { multipleWords } from '@/app/_ui/evidence'
import { count, measure } from '@/app/_ui/format'
import { effectWords, verdictWords } from '@/app/_ui/words'
import type { AlertDetail } from '@/lib/view/alert'

/** The numbers that crossed, and the test that decided the cause. */
export function Why({ alert: { evidence, verdict, test } }: { alert: AlertDetail }) {
  return (
    <DefinitionList>
      <Entry name="Evidence">
        {multipleWords(evidence)}: ln E {measure(evidence.logE)} against a threshold of {measure(evidence.threshold)}
      </Entry>
      <Entry name="Effect">
        {measure(evidence.effect)} {effectWords(evidence.effectUnit)}
      </Entry>
      <Entry name="Observations">n {count(evidence.n)} since the onset</Entry>
      <Entry name="Cause">{verdictWords[verdict]}</Entry>
      <Entry name="The test that tells">{test}</Entry>
    </DefinitionList>
  )
}
