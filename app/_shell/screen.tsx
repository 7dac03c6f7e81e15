import css from './screen.module.css'

/** A screen's frame: title, what is beside it, content. The title is the document's heading. */
export function Screen({ title, aside, children }: { title: React.ReactNode; aside?: React.ReactNode; children: React.ReactNode }) {
  return (
    <main id="main" className={css.screen} tabIndex={-1}>
      <header className={css.head}>
        <h1>{title}</h1>
        {aside && <div className={css.aside}>{aside}</div>}
      </header>
      {children}
    </main>
  )
}

export function Section({ title, aside, children }: { title: string; aside?: React.ReactNode; children: React.ReactNode }) {
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
