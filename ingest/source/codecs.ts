import * as zlib from 'node:zlib'
import { decompress as unzstd } from 'fzstd'
import kafkajs from 'kafkajs'
import lz4 from 'lz4-napi'
import snappy from 'snappy'

/** Magic of the framing that Java clients put around snappy blocks (xerial): then a version, a compatible version, and blocks with their length. */
const xerial = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const xerialHeader = 16

/** Teaches kafkajs the codecs that it leaves out; gzip it has. Without them a compressed batch would stop its partition. */
export function registerCodecs(): void {
  const { CompressionTypes, CompressionCodecs } = kafkajs
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: async (encoder: { buffer: Buffer }) => snappy.compress(encoder.buffer),
    decompress: async (bytes: Buffer) => unsnappy(bytes),
  })
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: async (encoder: { buffer: Buffer }) => lz4.compressFrame(encoder.buffer),
    decompress: async (bytes: Buffer) => lz4.decompressFrame(bytes),
  })
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: async () => {
      throw new Error('writing zstd is not supported: choose gzip, snappy or lz4')
    },
    decompress: async (bytes: Buffer) => zstd(bytes),
  })
}

async function unsnappy(bytes: Buffer): Promise<Buffer> {
  if (!bytes.subarray(0, xerial.length).equals(xerial)) return plain(await snappy.uncompress(bytes, { asBuffer: true }))
  const blocks: Buffer[] = []
  for (let at = xerialHeader; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    blocks.push(plain(await snappy.uncompress(bytes.subarray(at + 4, at + 4 + length), { asBuffer: true })))
    at += 4 + length
  }
  return Buffer.concat(blocks)
}

function plain(out: string | Buffer): Buffer {
  return typeof out === 'string' ? Buffer.from(out) : out
}

/** Node has zstd from 22.15 on. */
function zstd(bytes: Buffer): Buffer {
  const native = (zlib as { zstdDecompressSync?: (bytes: Buffer) => Buffer }).zstdDecompressSync
  if (native) return native(bytes)
  const out = unzstd(bytes)
  return Buffer.from(out.buffer, out.byteOffset, out.byteLength)
}
