/** Characters that a reader does not see, or that change what he sees: they are how text is used against people. */

export interface Piece {
  text: string
  /** Set when the piece is one hidden character: `U+202E right-to-left override`. */
  hidden?: string
}

const known: Record<string, string> = {
  '00A0': 'no-break space',
  '00AD': 'soft hyphen',
  '061C': 'Arabic letter mark',
  '180E': 'Mongolian vowel separator',
  '200B': 'zero-width space',
  '200C': 'zero-width non-joiner',
  '200D': 'zero-width joiner',
  '200E': 'left-to-right mark',
  '200F': 'right-to-left mark',
  '202A': 'left-to-right embedding',
  '202B': 'right-to-left embedding',
  '202C': 'pop directional formatting',
  '202D': 'left-to-right override',
  '202E': 'right-to-left override',
  '2060': 'word joiner',
  '2066': 'left-to-right isolate',
  '2067': 'right-to-left isolate',
  '2068': 'first strong isolate',
  '2069': 'pop directional isolate',
  FEFF: 'byte order mark',
  '3164': 'Hangul filler',
  '115F': 'Hangul choseong filler',
}

/** Controls, format characters, odd spaces, variation selectors, tags, private use, lone surrogates; not the space, tab and line feed that text is made of. */
const suspicious =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00A0\u115F\u1160\u2000-\u200A\u3164]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/u
const plainControls = new Set(['\n', '\t'])

/** The same text in pieces, every hidden character a piece of its own. Joined again it is the text, unchanged. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = []
  for (const char of text) {
    if (!suspicious.test(char) || plainControls.has(char)) {
      const last = out.at(-1)
      if (last && !last.hidden) last.text += char
      else out.push({ text: char })
      continue
    }
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    out.push({ text: char, hidden: `U+${code}${known[code] ? ` ${known[code]}` : ''}` })
  }
  return out
}
