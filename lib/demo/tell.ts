import { feed } from '@/lib/demo/feeder'
import { type Progress, readProgress, writeProgress } from '@/lib/demo/progress'
import { progressLine } from '@/lib/demo/progress-line'
import { describeAlert, type RaisedAlert, raisedAlerts } from '@/lib/demo/raised'
import { loadSms, loadWeather } from '@/lib/demo/sets'
import type { Sink } from '@/lib/demo/sink'
import type { Step } from '@/lib/demo/steps'
import { dayMs, hourMs } from '@/lib/demo/steps'
import { storyDays, storySteps } from '@/lib/demo/story'

const askEveryMs = 1500
/** After the last event: how long nothing new must be raised until the demo sums up, and how long it waits at most. */
const quietMs = 6000
const longestMs = 60_000

const announcements = {
  'poison.label_flip': (subject: string) =>
    `now ${subject} starts to turn labels around in the training feed of "spam"; Assay is not told`,
  'drift.feature': (subject: string) =>
    `now "rain" comes to the spring of 1970, when ${subject} in the archive begins to change, honestly; Assay is not told`,
} as Record<string, (subject: string) => string>

/**
 * Streams the story from where this home stopped, says what happens and what Assay raises, and sums up.
 * @returns what Assay has raised, or null when it was ended early.
 */
export async function tellStory(options: {
  home: string
  url: string
  token: string
  seed: number
  seconds: number
  nowMs: number
  out: NodeJS.WritableStream
  signal: AbortSignal
  openSink(told: readonly Step[], startMs: number): Promise<Sink>
}): Promise<RaisedAlert[] | null> {
  const { home, url, token, seconds, out, signal } = options
  const kept = readProgress(home)
  // The story ends about now, so that the screens' last weeks are the story's.
  const startMs = Math.floor(options.nowMs / hourMs) * hourMs - storyDays * dayMs
  const begin: Progress = kept ?? { seed: options.seed, startMs, sent: 0 }
  const { feeds, steps } = storySteps({ sms: loadSms(), weather: loadWeather() }, begin.seed)
  const line = progressLine(out, steps.length)

  const known = new Set<string>()
  const tellRaised = async (): Promise<RaisedAlert[]> => {
    const alerts = await raisedAlerts(url, token)
    for (const alert of alerts.filter(({ id }) => !known.has(id))) {
      known.add(alert.id)
      line.say(`Assay raised  ${describeAlert(alert)}`)
    }
    return alerts
  }

  if (begin.sent >= steps.length)
    line.say('the story of this home is told already; for a new one delete ASSAY_HOME, or set it to another folder')
  else {
    line.say(
      begin.sent === 0
        ? `streaming ${storyDays} days of events in ${Math.round(seconds)} s: a spam filter and a rain forecast that keep learning`
        : `going on where it stopped, at step ${begin.sent} of ${steps.length}`,
    )
    const sink = await options.openSink(steps.slice(0, begin.sent), begin.startMs)
    const pending = feeds.map(({ truth }) => truth)
    let asking = Promise.resolve<unknown>(undefined)
    const timer = setInterval(() => {
      // A missed poll is made up by the next one.
      asking = asking.then(tellRaised).catch(() => {})
    }, askEveryMs)
    try {
      const done = await feed({
        steps,
        from: begin,
        seconds,
        sink,
        signal,
        saved: (progress) => writeProgress(home, progress),
        report(sent, atMs) {
          for (const truth of pending.filter(({ beginsAtMs }) => atMs >= beginsAtMs)) {
            pending.splice(pending.indexOf(truth), 1)
            if (begin.sent === 0 || (steps[begin.sent]?.atMs ?? 0) < truth.beginsAtMs)
              line.say(announcements[truth.what]?.(truth.subject) ?? truth.what)
          }
          line.at(sent, atMs)
        },
      })
      line.end()
      if (done.sent < steps.length) return null
      line.say('everything is streamed')
    } finally {
      clearInterval(timer)
      await asking
      await sink.close()
    }
  }
  return untilQuiet(tellRaised, signal)
}

/** Asks until nothing new has come for a while. */
async function untilQuiet(ask: () => Promise<RaisedAlert[]>, signal: AbortSignal): Promise<RaisedAlert[] | null> {
  const beganMs = performance.now()
  let changedMs = beganMs
  let last = await ask()
  while (!signal.aborted && performance.now() - changedMs < quietMs && performance.now() - beganMs < longestMs) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    const now = await ask()
    if (now.length !== last.length) changedMs = performance.now()
    last = now
  }
  return signal.aborted ? null : last
}
