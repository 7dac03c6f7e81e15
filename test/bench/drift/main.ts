/**
 * Streams with a written truth, through our own replay (Contract 3): what is found on which subject, how late, what is false.
 *
 *   npx tsx test/bench/drift/main.ts [--seeds a,b-1..20] [--only regex] [--per-events 100000] [--jobs 2] [--findings] [--write dir [--dry]] [--read dir]
 *
 * Seeds named `dev-…` were looked at while the engine was built; report others. `--write` also writes the streams and truths for other tools, `--dry`
 * does nothing else. `--read` scores another tool's findings instead of ours (`dir/<seed>/<name>.findings.ndjson`, see peers/). `--findings` prints what was missed and what was wrong. An alarm every 2,000 lines that always names the right thing stands
 * beside it as the dummy.
 */
import { readArguments } from './arguments'
import { inChildren, type Task } from './pool'
import { readFindings } from './read'
import { scenarios } from './scenario'
import { dummy } from './score/dummy'
import { Report, type Result } from './score/report'
import { score } from './score/score'
import { findingsOf } from './watch'
import { writeStream } from './write'

interface Detailed extends Result {
  readonly details: readonly string[]
}

const isChild = process.argv[2] === '--child'
const args = readArguments(process.argv.slice(isChild ? 3 : 2))

async function run({ scenario, seed }: Task): Promise<Detailed> {
  const stream = (scenarios.find((s) => s.name === scenario) as (typeof scenarios)[number]).make(seed)
  if (args.write) writeStream(args.write, stream)
  const findings = args.dry
    ? []
    : args.read
      ? readFindings(args.read, stream)
      : await findingsOf(stream, args.perEvents)
  const scored = score(stream, findings)
  const details: string[] = []
  if (args.findings) {
    for (const truth of stream.truths)
      details.push(
        `  ${scenario} ${seed} truth: ${truth.kinds.join('|')} ${JSON.stringify(truth.subject)} from ${truth.from}`,
      )
    for (const [what, list] of [
      ['wrong', scored.wrong],
      ['repeat', scored.repeats],
      ['also', scored.consequences],
      ['said', scored.unjudged],
    ] as const)
      for (const f of list)
        details.push(
          `  ${scenario} ${seed} ${what}: ${f.eventIndex} (onset ${f.onsetIndex}) ${f.kind} ${JSON.stringify(f.subject).slice(0, 160)} ${f.verdict}: ${f.why ?? ''}`,
        )
  }
  return { score: scored, dummy: score(stream, dummy(stream)), details }
}

if (isChild) {
  process.on('message', async (task: Task) => process.send?.(await run(task)))
} else {
  const chosen = scenarios.filter((s) => args.only.test(s.name))
  const tasks = chosen.flatMap((s) => args.seeds.map((seed) => ({ scenario: s.name, seed })))
  const report = new Report(scenarios, args.seeds.length)
  const details: string[] = []
  const done = (result: Detailed) => {
    if (args.dry) return
    report.add(result)
    details.push(...result.details)
  }
  const dev = args.seeds.some((seed) => seed.startsWith('dev')) ? ' (for development)' : ''
  const whose = args.read ? `findings of ${args.read}` : `at most 1 false incident in ${args.perEvents} lines promised`
  if (!args.dry) console.log(`seeds ${args.seeds.join(', ')}${dev}; ${whose}\n`)
  if (args.jobs > 1) await inChildren<Detailed>(import.meta.filename, process.argv.slice(2), tasks, args.jobs, done)
  else for (const task of tasks) done(await run(task))
  if (!args.dry) report.sums()
  for (const line of details) console.log(line)
}
