'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button'
import { Menu } from './menu'
import { type Theme, themeCookie, themes } from './theme-choice'

const icons = { system: Monitor, light: Sun, dark: Moon }
const words = { system: 'As the system', light: 'Light', dark: 'Dark' }
const year = 31_536_000

export function ThemeSwitch({ start }: { start: Theme }) {
  const [theme, setTheme] = useState(start)
  const Icon = icons[theme]
  function choose(next: Theme) {
    setTheme(next)
    if (next === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is not in every browser yet
    document.cookie = `${themeCookie}=${next}; path=/; max-age=${year}; samesite=lax`
  }
  return (
    <Menu
      label="Theme"
      trigger={
        <Button tone="quiet" aria-label={`Theme: ${words[theme]}`} style={{ width: 32, padding: 0 }}>
          <Icon size={15} aria-hidden="true" />
        </Button>
      }
      items={themes.map((t) => ({ label: words[t], checked: t === theme, onSelect: () => choose(t) }))}
    />
  )
}
