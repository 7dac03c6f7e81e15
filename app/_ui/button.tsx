import type { ButtonHTMLAttributes } from 'react'
import css from './button.module.css'

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { tone?: 'plain' | 'primary' | 'quiet'; hint?: string }

/** `hint`: the key that does the same, shown at its end and told to assistive technology. */
export function Button({ tone = 'plain', hint, className, children, type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      className={`${css.button} ${className ?? ''}`}
      data-tone={tone}
      aria-keyshortcuts={hint?.toUpperCase()}
      {...rest}
    >
      {children}
      {hint && (
        <span className={css.hint} aria-hidden="true">
          {hint}
        </span>
      )}
    </button>
  )
}
