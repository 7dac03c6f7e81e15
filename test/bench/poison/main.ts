/**
 * Attacks and honest look-alikes on made and recorded training rows, through our own replay (Contract 3) with scores: who is named, how late, who is
 * accused falsely, how rows are ranked at arrival.
 *
 *   npx tsx test/bench/poison/main.ts [--seeds a,b-1..5] [--only regex] [--sample .25] [--jobs 1] [--findings] [--write dir [--dry]] [--read dir]
 *
 * `--sample` runs a part of the streams, another one for each seed. `--only` matches `base/attack`, such as `text/`, `flip`, `^(tabular|text)/honest`; honest streams are `honest-…` and `uniform-…`. Recorded sets that do not
 * ship are read from ASSAY_DATA. Seeds named `dev-…` were looked at while the engine was built; report others. `--findings` prints what was missed and what was
 * wrong on standard error. `--write` also writes the streams for other tools, `--dry` does nothing else; `--read` scores another tool's lines (`dir/<seed>/<name>.out.ndjson`)
 * instead of ours. Beside it a dummy that looks at label shares alone.
 */
import { inChildren, type Task } from '../drift/pool'
import { isSampled, readPoisonArguments } from './arguments'
import { readSaid } from './read'
import { ours } from './say'
import { makeStream, names } from './scenario'
import { dummy } from './score/dummy'
import { Report } from './score/report'
import { score } from './score/score'
import type { Result } from './score/table'
import type { PoisonStream, Raised } from './score/truth'
import { writeStream } from './write'

interface Done {
  readonly task: Task
  readonly result: Result | null
  readonly details: readonly string[]
}

const isChild = process.argv[2] === '--child'
const args = readPoisonArguments(process.argv.slice(isChild ? 3 : 2))

async function run(task: Task): Promise<Done> {
  if (!isSampled(task.scenario, task.seed, args.sample)) return { task, result: null, details: [] }
  const stream = makeStream(task.scenario, task.seed)
  if (!stream) return { task, result: null, details: [] }
  if (args.write) writeStream(args.write, stream)
  if (args.dry) return { task, result: null, details: [] }
  const scored = score(stream, args.read ? readSaid(args.read, stream) : await ours(stream))
  const details: string[] = []
  const say = (what: string, list: readonly Raised[]) => {
    for (const { eventIndex, onsetIndex, kind, subject, verdict, why } of list)
      details.push(
        `  ${task.scenario} ${task.seed} ${what}: ${eventIndex} (onset ${onsetIndex}) ${kind} ${short(subject)} ${verdict}: ${why ?? ''}`,
      )
  }
  if (args.findings) {
    if (scored.due && !scored.found) details.push(`  ${task.scenario} ${task.seed} MISSED: ${truthOf(stream)}`)
    say('partly', scored.found ? [] : scored.partly)
    say('FALSE', scored.wrong)
    say('slight', scored.slights)
  }
  return { task, result: { score: scored, dummy: score(stream, dummy(stream)) }, details }
}

const short = ({ eventIds = [], ...subject }: Raised['subject']) =>
  `${JSON.stringify(subject).slice(0, 200)} (${eventIds.length} rows)`

function truthOf({ told, badLines, lines }: PoisonStream): string {
  const { rows: _rows, ways: _ways, origins = [], ...rest } = told ?? { rows: [], ways: [] }
  const who = origins.length
    ? ` origins ${origins.slice(0, 5).join(' ')}${origins.length > 5 ? ` and ${origins.length - 5} more` : ''}`
    : ''
  return `${JSON.stringify(rest)}${who}; ${badLines.length} rows, last at ${badLines.at(-1)} of ${lines.length}`
}

/** Results in the order of the tasks, whatever order they come in; a scenario is reported when all its seeds are through. */
class InOrder {
  private readonly done = new Map<string, Done[]>()
  private next = 0

  constructor(
    private readonly scenarios: readonly string[],
    private readonly report: Report,
  ) {}

  add(done: Done): void {
    this.done.set(done.task.scenario, [...(this.done.get(done.task.scenario) ?? []), done])
    for (; this.next < this.scenarios.length; this.next++) {
      const own = this.done.get(this.scenarios[this.next] as string) ?? []
      if (own.length < args.seeds.length) break
      this.report.add(own.flatMap(({ result }) => (result ? [result] : [])))
      for (const { details } of own) for (const line of details) console.error(line)
    }
  }
}

if (isChild) {
  process.on('message', async (task: Task) => process.send?.(await run(task)))
} else {
  const chosen = names.filter((name) => args.only.test(name))
  // By base, then seed: a base is made once for all its attacks.
  const basesOf = [...new Set(chosen.map((name) => name.split('/')[0]))]
  const tasks = basesOf.flatMap((base) =>
    args.seeds.flatMap((seed) =>
      chosen.filter((name) => name.split('/')[0] === base).map((scenario) => ({ scenario, seed })),
    ),
  )
  const report = new Report()
  const inOrder = new InOrder(chosen, report)
  const dev = args.seeds.some((seed) => seed.startsWith('dev')) ? ' (for development)' : ''
  const whose = args.read ? `lines of ${args.read}` : 'at most 1 false incident in 100000 lines promised'
  if (!args.dry) console.log(`seeds ${args.seeds.join(', ')}${dev}; ${whose}\n`)
  if (args.jobs > 1)
    await inChildren<Done>(import.meta.filename, process.argv.slice(2), tasks, args.jobs, (done) => inOrder.add(done))
  else for (const task of tasks) inOrder.add(await run(task))
  if (!args.dry) report.sums()
}
