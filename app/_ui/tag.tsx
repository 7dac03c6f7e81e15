import css from './tag.module.css'

/** A short fact beside a name: a version, a phase, a verdict. Monochrome: status has its own mark. */
export function Tag({ children, mono, title }: { children: React.ReactNode; mono?: boolean; title?: string }) {
  return (
    <span className={css.tag} data-mono={mono || undefined} title={title}>
      {children}
    </span>
  )
}
