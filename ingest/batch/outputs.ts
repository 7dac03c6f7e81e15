import { eq, sql } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import type { Db } from '@/db/client'
import type { HintTopic } from '@/db/queries/notify'
import { baseline, model, modelVersion } from '@/db/schema'
import { encodeSketches } from '@/db/sketch-codec'
import { txOver } from '@/db/tx'
import { CopyWriter } from '@/ingest/copy/writer'
import type { VersionData } from '@/lib/event/types'
import { changeVerdict } from '@/lib/incident/change-verdict'
import { raiseFinding } from '@/lib/incident/raise'
import type { EvidenceSample, Output, SourceStanding, TriggerStanding } from '@/lib/monitor/output'
import { copyIn } from './copy'
import { storeTriggers } from './triggers'

/** An output and the sequence number, in its model, of the event that gave it. */
export interface Said {
  readonly output: Output
  readonly seq: number
}

export interface PublishedVersion {
  readonly data: VersionData
  readonly timeMs: number
  readonly seq: number
}

/** Moments of evidence that one batch keeps of a model, besides those at which a finding fired: a screen cannot show more. */
const maxMoments = 2
const sampleColumns = [
  'model_key',
  'seq',
  'at',
  'kind',
  'unit',
  'subject',
  'log_e',
  'threshold',
  'effect',
  'n',
  'estimate',
  'usual',
] as const
const writer = new CopyWriter(1 << 16)

type Rows = Pick<Db, 'insert' | 'update' | 'execute'>

/** Stores what a model's monitor said in one batch. @returns what screens must ask for again. */
export async function storeOutputs(
  db: Db,
  client: TransactionSql,
  modelKey: number,
  said: readonly Said[],
  now: Date,
): Promise<Set<HintTopic>> {
  const hints = new Set<HintTopic>()
  const samples: { sample: EvidenceSample; seq: number }[] = []
  const standings = new Map<string, { standing: SourceStanding; seq: number }>()
  const triggers = new Map<string, { standing: TriggerStanding; seq: number }>()
  const tx = txOver(db)
  for (const { output, seq } of said) {
    if (output.type === 'finding') {
      if (await raiseFinding(tx, output, { seq, modelKey, now })) hints.add('alerts').add('incidents').add('tasks')
    } else if (output.type === 'verdict') {
      if (await changeVerdict(tx, output, { seq, modelKey, now })) hints.add('alerts').add('incidents').add('tasks')
    } else if (output.type === 'evidence') samples.push({ sample: output, seq })
    else if (output.type === 'source') standings.set(output.origin, { standing: output, seq })
    else if (output.type === 'trigger') triggers.set(`${output.label}\n${output.pattern}`, { standing: output, seq })
    else if (output.type === 'baseline') {
      const { stream, rows, sketches } = output
      await db.insert(baseline).values({
        modelKey,
        stream,
        seq,
        at: new Date(output.timeMs),
        rows,
        sketches: encodeSketches(sketches),
        adoptedBy: 'assay',
      })
      await db.update(model).set({ baselineReady: true }).where(eq(model.key, modelKey))
      hints.add('models')
    }
  }
  const firedAt = new Set(said.filter(({ output }) => output.type === 'finding').map(({ seq }) => seq))
  if (await storeSamples(client, modelKey, thinned(samples, firedAt))) hints.add('evidence')
  if (await storeStandings(db, modelKey, standings)) hints.add('sources')
  if (await storeTriggers(db, modelKey, [...triggers.values()])) hints.add('sources')
  return hints
}

function thinned(samples: readonly { sample: EvidenceSample; seq: number }[], firedAt: ReadonlySet<number>) {
  const moments = [...new Set(samples.map(({ seq }) => seq))]
  const step = Math.ceil(moments.length / maxMoments)
  const kept = new Set(moments.filter((seq, i) => firedAt.has(seq) || (moments.length - 1 - i) % step === 0))
  return samples.filter(({ seq }) => kept.has(seq))
}

async function storeSamples(
  client: TransactionSql,
  modelKey: number,
  samples: readonly { sample: EvidenceSample; seq: number }[],
): Promise<boolean> {
  if (samples.length === 0) return false
  writer.begin()
  for (const { sample, seq } of samples) {
    writer.row(sampleColumns.length)
    writer.integer(modelKey)
    writer.bigint(seq)
    writer.timestamp(sample.timeMs)
    writer.text(sample.kind)
    writer.text(sample.unit)
    writer.jsonb(sample.subject)
    writer.double(sample.logE)
    writer.double(sample.threshold)
    writer.double(sample.effect)
    writer.bigint(sample.n)
    if (sample.estimate) writer.jsonb(sample.estimate)
    else writer.null()
    if (sample.usual) writer.jsonb(sample.usual)
    else writer.null()
  }
  await copyIn(client, 'evidence_sample', sampleColumns, writer.end())
  return true
}

async function storeStandings(
  db: Rows,
  modelKey: number,
  standings: ReadonlyMap<string, { standing: SourceStanding; seq: number }>,
): Promise<boolean> {
  if (standings.size === 0) return false
  // As text: JSON has no infinite numbers.
  const rows = [...standings.values()].map(({ standing: { influence, ...standing }, seq }) => ({
    ...standing,
    seq,
    logE: String(standing.logE),
    influence: influence?.loss,
    reach: influence?.reach,
    counterfactual: influence?.counterfactual,
  }))
  // One parameter: eleven of each source would cost more than storing them.
  await db.execute(sql`insert into source_standing
      (model_key, origin, origin_kind, seq, at, rows, disagreements, expected, log_e, threshold, state, influence, reach, counterfactual, counterfactual_seq)
    select ${modelKey}::int, origin, "originKind", seq, to_timestamp("timeMs" / 1000.0), rows, disagreements, expected, "logE", threshold, state,
      influence, reach, counterfactual, case when counterfactual is null then null else seq end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(origin text, "originKind" text, seq bigint, "timeMs" float8, rows bigint,
      disagreements bigint, expected float8, "logE" float8, threshold float8, state text, influence float8, reach float8, counterfactual jsonb)
    on conflict (model_key, origin) do update set origin_kind = excluded.origin_kind, seq = excluded.seq, at = excluded.at, rows = excluded.rows,
      disagreements = excluded.disagreements, expected = excluded.expected, log_e = excluded.log_e, threshold = excluded.threshold, state = excluded.state,
      influence = coalesce(excluded.influence, source_standing.influence), reach = coalesce(excluded.reach, source_standing.reach),
      counterfactual = coalesce(excluded.counterfactual, source_standing.counterfactual),
      counterfactual_seq = coalesce(excluded.counterfactual_seq, source_standing.counterfactual_seq)`)
  return true
}

export async function storeVersions(db: Rows, modelKey: number, versions: readonly PublishedVersion[]): Promise<void> {
  if (versions.length === 0) return
  await db.insert(modelVersion).values(
    versions.map(({ data, timeMs, seq }) => ({
      modelKey,
      version: data.version,
      parent: data.parent ?? null,
      at: new Date(timeMs),
      seq,
      metrics: data.metrics ?? null,
    })),
  )
}
