const width = 24
const redrawMs = 200

/**
 * One step on the screen: on a terminal a line that is redrawn, with a bar once its progress is known; elsewhere plain lines at its beginning and
 * its end.
 * @param {string} title
 * @param {NodeJS.WriteStream | null} out null: say nothing
 */
export function report(title, out) {
  const since = performance.now()
  const seconds = () => `${((performance.now() - since) / 1000).toFixed(1)} s`
  let share = 0
  let remark = ''
  const draw = () => {
    const filled = Math.round(share * width)
    const bar = share > 0 ? ` ${'█'.repeat(filled)}${'░'.repeat(width - filled)}` : ''
    out?.write(`\r\x1b[K… ${title}${bar} ${seconds()}${remark && ` · ${remark}`}`)
  }
  const timer = out?.isTTY ? setInterval(draw, redrawMs) : undefined
  if (!timer) out?.write(`… ${title}\n`)
  const last = (mark, note) => {
    clearInterval(timer)
    out?.write(`${timer ? '\r\x1b[K' : ''}${mark} ${title}  ${seconds()}${note ? `  ${note}` : ''}\n`)
  }
  return {
    progress: (done) => {
      share = Math.min(1, Math.max(share, done))
    },
    note: (text) => {
      remark = text
      if (!timer) out?.write(`  ${title} ${text}\n`)
    },
    finish: (note) => last('✓', note),
    fail: () => last('✗'),
  }
}
