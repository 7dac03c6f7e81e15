import css from './status.module.css'
import { StatusIcon, type StatusKind } from './status-icon'

const words: Record<StatusKind, string> = {
  ok: 'ok',
  watch: 'watch',
  alarm: 'alarm',
  poisoning: 'poisoning',
  'no-data': 'no data',
  learning: 'learning',
  silenced: 'silenced',
}

/** A state, always as text, icon and colour. `children` replaces the word where the sentence needs another. */
export function Status({ kind, children, bare }: { kind: StatusKind; children?: React.ReactNode; bare?: boolean }) {
  return (
    <span className={css.status} data-kind={kind}>
      <StatusIcon kind={kind} />
      {bare ? <span className="visually-hidden">{words[kind]}</span> : <span>{children ?? words[kind]}</span>}
    </span>
  )
}
