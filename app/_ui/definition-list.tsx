import css from './definition-list.module.css'

/** Names and values, aligned; for facts that are not compared with one another. */
export const DefinitionList = ({ children }: { children: React.ReactNode }) => <dl className={css.list}>{children}</dl>

export const Entry = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className={css.entry}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
