import { dayMs } from '@/lib/demo/steps'
import { storyDays } from '@/lib/demo/story'

const width = 28
const tenths = 10

export interface ProgressLine {
  /** Steps sent and event time of the last one since the story began. */
  at(sent: number, atMs: number): void
  /** A line of its own, above the bar. */
  say(line: string): void
  end(): void
}

/** On a terminal a bar that is redrawn; elsewhere a plain line for every tenth of the story. */
export function progressLine(out: NodeJS.WritableStream & { isTTY?: boolean }, of: number): ProgressLine {
  let drawn = ''
  let told = -1
  const clear = () => drawn && out.write('\r\x1b[K')
  return {
    at(sent, atMs) {
      const share = sent / of
      const day = Math.min(storyDays, Math.floor(atMs / dayMs) + 1)
      const words = `day ${day} of ${storyDays} · ${sent.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} steps`
      if (out.isTTY) {
        const filled = Math.round(share * width)
        drawn = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${words}`
        out.write(`\r\x1b[K${drawn}`)
      } else if (Math.floor(share * tenths) > told) {
        told = Math.floor(share * tenths)
        out.write(`${words}\n`)
      }
    },
    say(line) {
      clear()
      out.write(`${line}\n`)
      if (out.isTTY && drawn) out.write(drawn)
    },
    end() {
      if (out.isTTY && drawn) out.write('\n')
      drawn = ''
    },
  }
}
