import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** WCAG 2 contrast of two OKLCH colours, through Ottosson's matrices to linear sRGB (https://bottosson.github.io/posts/oklab/). */
type Oklch = [lightness: number, chroma: number, hue: number]

function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (x: number) => Math.min(1, Math.max(0, x))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: Oklch, b: Oklch): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const pair =
  /--([\w-]+):\s*light-dark\(\s*oklch\(([\d.]+) ([\d.]+) ?([\d.]*)\),\s*oklch\(([\d.]+) ([\d.]+) ?([\d.]*)\)\s*\)/g
const tokens = new Map(
  [...css.matchAll(pair)].map((m) => {
    const at = (i: number): Oklch => [Number(m[i]), Number(m[i + 1]), Number(m[i + 2] || 0)]
    return [m[1] as string, { light: at(2), dark: at(5) }]
  }),
)
const token = (name: string) => {
  const found = tokens.get(name)
  if (!found) throw new Error(`no token --${name}`)
  return found
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'watch', 'alarm', 'poison', 'unknown']
  it.each(texts)('%s is read as text on every surface (4.5)', (name) => {
    for (const surface of ['surface', 'surface-2', 'raised']) {
      expect(contrast(token(name)[theme], token(surface)[theme])).toBeGreaterThanOrEqual(4.5)
    }
  })
  it.each(['alarm', 'poison', 'watch'])('%s is read on its own wash (4.5)', (name) => {
    expect(contrast(token(name)[theme], token(`${name}-wash`)[theme])).toBeGreaterThanOrEqual(4.5)
  })
  it.each(['series-1', 'series-2', 'series-3', 'series-4', 'watch-mark', 'alarm-mark', 'poison-mark'])(
    '%s is seen as a mark (3)',
    (name) => {
      expect(contrast(token(name)[theme], token('surface')[theme])).toBeGreaterThanOrEqual(3)
    },
  )
  it('text on the accent is read (4.5)', () => {
    expect(contrast(token('on-accent')[theme], token('accent')[theme])).toBeGreaterThanOrEqual(4.5)
  })
  it('poisoning does not look like more drift: at least 60° of hue apart', () => {
    expect(Math.abs(token('poison')[theme][2] - token('alarm')[theme][2])).toBeGreaterThan(60)
  })
  it('the heat ramp moves away from the surface in even steps of lightness', () => {
    const steps = [0, 1, 2, 3, 4, 5, 6].map((i) => Math.abs(token(`heat-${i}`)[theme][0] - token('surface')[theme][0]))
    for (let i = 1; i < steps.length; i++) {
      const step = (steps[i] as number) - (steps[i - 1] as number)
      expect(step).toBeGreaterThan(0.05)
      expect(step).toBeLessThan(0.16)
    }
  })
})

it('black on white is 21 to 1, the arithmetic itself', () => {
  expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1)
})
