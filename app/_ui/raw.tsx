import type { RecordRow } from '@/lib/view/alert'
import { DefinitionList, Entry } from './definition-list'
import { exact } from './instant'
import css from './raw.module.css'
import { Visible } from './visible'

export function Raw({ record }: { record: RecordRow }) {
  return (
    <>
      <DefinitionList>
        <Entry name="Where">
          <span className="mono">{`${record.topic}, partition ${record.partition}, offset ${record.offset}`}</span>
        </Entry>
        <Entry name="Source">
          <Visible text={record.source} />
        </Entry>
        <Entry name="Type">
          <span className="mono">{record.type}</span>
        </Entry>
        <Entry name="Event time">{exact(record.time)}</Entry>
        {record.reasons.length > 0 && <Entry name="Why it is here">{record.reasons.join('; ')}</Entry>}
      </DefinitionList>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <pre className={css.raw} tabIndex={0}>
        <Visible text={JSON.stringify(record.data, null, 2)} />
      </pre>
    </>
  )
}
