import { pieces } from './invisible'
import css from './visible.module.css'

/** Text from an event: never markup, isolated from the direction of what surrounds it, hidden characters spelled out. */
export function Visible({
  text,
  line,
}: {
  text: string /** In one line, cut off where the cell ends. */
  line?: boolean
}) {
  return (
    <bdi className={line ? css.line : css.text}>
      {pieces(text).map((piece, i) =>
        piece.hidden ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
          <mark key={i} className={css.hidden} title={piece.hidden}>
            {piece.hidden.split(' ')[0]}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  )
}
