import css from './screen.module.css'

interface Props {
  title: React.ReactNode
  aside?: React.ReactNode
  /** The title is there for assistive technology only: what it says is plain to the eye. */
  quiet?: boolean
  children: React.ReactNode
}

/** A screen's frame: title, what is beside it, content. The title is the document's heading. */
export function Screen({ title, aside, quiet, children }: Props) {
  return (
    <main id="main" className={css.screen} tabIndex={-1}>
      <header className={quiet ? 'visually-hidden' : css.head}>
        <h1>{title}</h1>
        {aside && <div className={css.aside}>{aside}</div>}
      </header>
      {children}
    </main>
  )
}

export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: React.ReactNode
  children: React.ReactNode
}) {
  return (
    <section className={css.section}>
      <header>
        <h2>{title}</h2>
        {aside && <div className={css.note}>{aside}</div>}
      </header>
      {children}
    </section>
  )
}
