import css from './backtest-form.module.css'

/** A labelled control, with what it means below. */
export const Field = ({ name, hint, children }: { name: string; hint: string; children: React.ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
  <label className={css.field}>
    <span>{name}</span>
    {children}
    <small>{hint}</small>
  </label>
)
