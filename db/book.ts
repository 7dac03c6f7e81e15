import { asc, eq } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { Float4Check } from '@/db/float4'
import { dict, featurePlan } from '@/db/schema'

/** Values of one field as small numbers, from 1 in their order of appearance. */
export class Words {
  private readonly codes = new Map<string, number>()
  /** Code → value; index 0 is empty. */
  readonly values: string[] = ['']

  constructor(
    readonly field: string,
    private readonly cap: number,
    private readonly added: Word[],
  ) {}

  /** @returns the value's code, a new one if need be; 0 when there is no room: keep the literal. */
  code(value: string): number {
    const known = this.codes.get(value)
    if (known !== undefined) return known
    if (this.values.length > this.cap || value.length > maxWord) return 0
    const code = this.values.length
    this.put(code, value)
    this.added.push({ field: this.field, code, value })
    return code
  }

  put(code: number, value: string): void {
    this.codes.set(value, code)
    this.values[code] = value
  }
}

export interface Word {
  readonly field: string
  readonly code: number
  readonly value: string
}

export interface PlannedFeature {
  readonly position: number
  readonly name: string
  readonly kind: 'number' | 'code'
  readonly slot: number
  readonly words: Words | null
  readonly float4: Float4Check
}

/** Longest value, in UTF-16 units, that a dictionary takes. */
const maxWord = 200
/** Distinct values of one feature that are coded: what varies more is kept literally, so that a flood of values cannot fill the dictionary. */
export const maxFeatureWords = 1000
const maxWords = 10_000
/** Features of one model that get a slot. */
export const maxPlanned = 2000

/**
 * How a model's events are written in columns: which feature has which slot, and which value has which code. Only ever appended to; what is
 * new waits in `added*` to be stored in the transaction of the rows that use it.
 */
export class Book {
  readonly features = new Map<string, PlannedFeature>()
  readonly plan: PlannedFeature[] = []
  numberSlots = 0
  codeSlots = 0
  readonly addedWords: Word[] = []
  readonly addedFeatures: PlannedFeature[] = []
  private readonly fields = new Map<string, Words>()

  readonly source = this.words('source')
  readonly version = this.words('version')
  readonly origin = this.words('origin')
  readonly labeler = this.words('labeler')
  readonly batch = this.words('batch')
  readonly feed = this.words('feed')
  readonly segment = this.words('segment')
  /** Labels and predictions share their codes. */
  readonly class = this.words('class')
  readonly scoreClasses = this.words('score_classes')
  readonly client = this.words('client')
  readonly predicate = this.words('predicate')

  words(field: string, cap = maxWords): Words {
    let words = this.fields.get(field)
    if (!words) {
      words = new Words(field, cap, this.addedWords)
      this.fields.set(field, words)
    }
    return words
  }

  /** Gives a feature a slot at its first value, which decides what the slot holds. @returns null when the plan is full, or the value is null. */
  append(name: string, value: unknown): PlannedFeature | null {
    if (value === null || this.plan.length >= maxPlanned) return null
    const kind = typeof value === 'number' ? 'number' : 'code'
    const slot = kind === 'number' ? this.numberSlots : this.codeSlots
    const feature = this.place(this.plan.length, name, kind, slot)
    this.addedFeatures.push(feature)
    return feature
  }

  place(position: number, name: string, kind: 'number' | 'code', slot: number): PlannedFeature {
    const words = kind === 'code' ? this.words(`features.${slot}`, maxFeatureWords) : null
    const feature = { position, name, kind, slot, words, float4: new Float4Check() }
    this.features.set(name, feature)
    this.plan[position] = feature
    if (kind === 'number') this.numberSlots = Math.max(this.numberSlots, slot + 1)
    else this.codeSlots = Math.max(this.codeSlots, slot + 1)
    return feature
  }
}

export async function loadBook(db: Pick<Db, 'select'>, modelKey: number): Promise<Book> {
  const book = new Book()
  const features = await db
    .select()
    .from(featurePlan)
    .where(eq(featurePlan.modelKey, modelKey))
    .orderBy(asc(featurePlan.position))
  for (const row of features) book.place(row.position, row.name, row.kind, row.slot)
  for (const row of await db.select().from(dict).where(eq(dict.modelKey, modelKey)))
    book.words(row.field).put(row.code, row.value)
  return book
}

/** Stores what is new in the book; the caller holds the model's row. */
export async function saveBook(db: Pick<Db, 'insert'>, modelKey: number, book: Book): Promise<void> {
  for (let i = 0; i < book.addedFeatures.length; i += chunk) {
    await db
      .insert(featurePlan)
      .values(
        book.addedFeatures
          .slice(i, i + chunk)
          .map(({ position, name, kind, slot }) => ({ modelKey, position, name, kind, slot })),
      )
  }
  for (let i = 0; i < book.addedWords.length; i += chunk) {
    await db.insert(dict).values(book.addedWords.slice(i, i + chunk).map((word) => ({ modelKey, ...word })))
  }
  book.addedFeatures.length = 0
  book.addedWords.length = 0
}

/** Rows a statement: it carries at most 65,534 parameters. */
const chunk = 5000
