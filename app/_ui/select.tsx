'use client'

import css from './select.module.css'

/** The platform's own list: it works by keyboard, by voice and under a thumb. */
export function Select({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}) {
  return (
    <select
      className={css.select}
      aria-label={label}
      value={value}
      data-set={value !== '' || undefined}
      onChange={(e) => onChange(e.target.value)}
    >
      {options.map(([v, words]) => (
        <option key={v} value={v}>
          {words}
        </option>
      ))}
    </select>
  )
}
