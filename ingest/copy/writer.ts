/**
 * Writes rows in Postgres' binary COPY format into one buffer that is used again for every batch.
 * Format: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"; numbers are big-endian, a value is preceded by its length.
 */
export class CopyWriter {
  private bytes: Buffer
  private at = 0
  rows = 0

  constructor(size = 1 << 20) {
    this.bytes = Buffer.allocUnsafeSlow(size)
    this.begin()
  }

  /** Forgets what was written and opens a new COPY. */
  begin(): void {
    this.at = signature.copy(this.bytes, 0)
    this.rows = 0
  }

  /** Closes the COPY. @returns a view of the buffer: send it before the next `begin`. */
  end(): Buffer {
    this.room(2)
    this.int16(-1)
    return this.bytes.subarray(0, this.at)
  }

  /** Bytes that wait to be sent. */
  get size(): number {
    return this.at
  }

  /** What was written since the last piece, as a view of the buffer: the next row overwrites it. */
  piece(): Buffer {
    const bytes = this.bytes.subarray(0, this.at)
    this.at = 0
    return bytes
  }

  /** Opens a row of `fields` values, with room for `plainBytes` of those that have a fixed width. */
  row(fields: number, plainBytes = fields * 12): void {
    this.room(plainBytes + 2)
    this.int16(fields)
    this.rows++
  }

  null(): void {
    this.int32(-1)
  }

  bool(value: boolean): void {
    this.int32(1)
    this.bytes[this.at++] = value ? 1 : 0
  }

  smallint(value: number): void {
    this.int32(2)
    this.int16(value)
  }

  integer(value: number): void {
    this.int32(4)
    this.int32(value)
  }

  /** A safe integer. */
  bigint(value: number): void {
    this.int32(8)
    const high = Math.floor(value / 0x100000000)
    this.int32(high)
    this.int32(value - high * 0x100000000)
  }

  double(value: number): void {
    this.int32(8)
    this.float64(value)
  }

  /** @param ms whole milliseconds since 1970 UTC. */
  timestamp(ms: number): void {
    const micros = (ms - postgresEpochMs) * 1000
    if (Number.isSafeInteger(micros)) {
      this.bigint(micros)
      return
    }
    this.int32(8)
    this.at = this.bytes.writeBigInt64BE(BigInt(ms - postgresEpochMs) * 1000n, this.at)
  }

  text(value: string): void {
    const { length } = value
    this.room(length * 3 + 4 + tail)
    const { bytes } = this
    const start = this.at + 4
    let at = start
    // Short texts are mostly ASCII: a loop beats the call into native code.
    if (length <= 40) {
      for (let i = 0; i < length; i++) {
        const code = value.charCodeAt(i)
        if (code >= 0x80) {
          at = start + bytes.write(value, start)
          break
        }
        bytes[at++] = code
      }
    } else at = start + bytes.write(value, start)
    this.int32(at - start)
    this.at = at
  }

  textOrNull(value: string | null | undefined): void {
    if (value === null || value === undefined) this.null()
    else this.text(value)
  }

  binary(value: Uint8Array): void {
    this.room(value.length + 4 + tail)
    this.int32(value.length)
    this.bytes.set(value, this.at)
    this.at += value.length
  }

  /** @param from where its 16 bytes begin in `bytes`. */
  uuid(bytes: Uint8Array, from: number): void {
    this.int32(16)
    for (let i = 0; i < 16; i++) this.bytes[this.at + i] = bytes[from + i] as number
    this.at += 16
  }

  jsonb(value: unknown): void {
    const json = JSON.stringify(value)
    this.room(json.length * 3 + 5 + tail)
    const start = this.at + 4
    this.bytes[start] = 1
    const end = start + 1 + this.bytes.write(json, start + 1)
    this.int32(end - start)
    this.at = end
  }

  smallints(values: Int16Array, length: number): void {
    this.array(length, 6, int2Oid, false)
    for (let i = 0; i < length; i++) this.smallint(values[i] as number)
  }

  /** @param nulls 1 where the element is NULL; only read when `anyNull`. */
  floats4(values: ArrayLike<number>, length: number, nulls?: Uint8Array, anyNull = false): void {
    const start = this.array(length, 8, float4Oid, anyNull)
    const { bytes } = this
    let at = this.at
    for (let i = 0; i < length; i++) {
      if (anyNull && nulls?.[i] === 1) {
        bytes.fill(0xff, at, at + 4)
        at += 4
        continue
      }
      float32[0] = values[i] as number
      bytes[at] = 0
      bytes[at + 1] = 0
      bytes[at + 2] = 0
      bytes[at + 3] = 4
      bytes[at + 4] = float32Bytes[3] as number
      bytes[at + 5] = float32Bytes[2] as number
      bytes[at + 6] = float32Bytes[1] as number
      bytes[at + 7] = float32Bytes[0] as number
      at += 8
    }
    this.at = at
    if (anyNull) this.lengthAt(start)
  }

  floats8(values: ArrayLike<number>, length: number, nulls?: Uint8Array, anyNull = false): void {
    const start = this.array(length, 12, float8Oid, anyNull)
    for (let i = 0; i < length; i++) {
      if (anyNull && nulls?.[i] === 1) this.null()
      else this.double(values[i] as number)
    }
    if (anyNull) this.lengthAt(start)
  }

  texts(values: readonly string[]): void {
    const start = this.array(values.length, 0, textOid, false)
    for (const value of values) this.text(value)
    this.lengthAt(start)
  }

  /** Header of a one-dimensional array. @returns where its length stands. */
  private array(length: number, bytesEach: number, elementOid: number, anyNull: boolean): number {
    this.room(length * bytesEach + 24 + tail)
    const start = this.at
    if (length === 0) {
      this.int32(12)
      this.int32(0)
      this.int32(0)
      this.int32(elementOid)
      return start
    }
    this.int32(20 + length * bytesEach)
    this.int32(1)
    this.int32(anyNull ? 1 : 0)
    this.int32(elementOid)
    this.int32(length)
    this.int32(1)
    return start
  }

  private lengthAt(start: number): void {
    this.bytes.writeInt32BE(this.at - start - 4, start)
  }

  private int16(value: number): void {
    const { bytes } = this
    bytes[this.at++] = value >> 8
    bytes[this.at++] = value
  }

  private int32(value: number): void {
    const { bytes, at } = this
    bytes[at] = value >> 24
    bytes[at + 1] = value >> 16
    bytes[at + 2] = value >> 8
    bytes[at + 3] = value
    this.at = at + 4
  }

  private float64(value: number): void {
    const { bytes, at } = this
    float64[0] = value
    for (let i = 0; i < 8; i++) bytes[at + i] = float64Bytes[7 - i] as number
    this.at = at + 8
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + more))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }
}

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
/** Room that a row's fixed-width values may still need behind a text. */
const tail = 512
const postgresEpochMs = Date.UTC(2000, 0, 1)
const int2Oid = 21
const textOid = 25
const float4Oid = 700
const float8Oid = 701
const float64 = new Float64Array(1)
const float64Bytes = new Uint8Array(float64.buffer)
const float32 = new Float32Array(1)
const float32Bytes = new Uint8Array(float32.buffer)
