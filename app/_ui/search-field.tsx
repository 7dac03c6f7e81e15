'use client'

import { useEffect, useRef, useState } from 'react'
import css from './search-field.module.css'

/** Looks for what is typed, as it is typed. `/` puts the cursor here. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.key !== '/' || /^(input|textarea|select)$/i.test(target.tagName)) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <input
      ref={field}
      className={css.field}
      type="search"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={`${label}…`}
      value={text}
      onChange={(e) => {
        setText(e.target.value)
        onChange(e.target.value)
      }}
    />
  )
}
