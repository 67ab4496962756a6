// Archives byte for byte, so that every field of them can lie (APPNOTE.TXT 6.3.10, 4.3 and 4.4).

import { crc32 } from 'node:zlib'
import { MARK } from '@scel/files/archives'

export interface RawEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  readonly flags?: number
  readonly method?: number
  readonly crc?: number
  /** Sizes as the headers say them. */
  readonly size?: number
  readonly packedSize?: number
  /** What the local header says instead. */
  readonly localName?: string
  readonly localSize?: number
  /** Unix mode, with the kind of file. */
  readonly mode?: number
  /** Where the central directory says that it begins. */
  readonly offset?: number
  readonly extra?: Uint8Array
}

export interface RawEnd {
  readonly comment?: Uint8Array
  /** Entries as the end record counts them. */
  readonly count?: number
  readonly before?: Uint8Array
}

/** The archive that `scel open` takes for one of its own unless `comment` says otherwise. */
export function rawZip(entries: readonly RawEntry[], { comment = MARK, count, before }: RawEnd = {}): Buffer {
  const parts: Buffer[] = before ? [Buffer.from(before)] : []
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0)
  const central = entries.map((entry) => {
    const { offset = length() } = entry
    const content = Buffer.from(entry.content ?? '')
    const local = Buffer.from(entry.localName ?? entry.name)
    parts.push(header(0x04034b50, entry, content, local), local, content)
    return record(entry, content, offset)
  })
  const start = length()
  parts.push(...central)
  const size = length() - start
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count ?? entries.length, 8)
  end.writeUInt16LE(count ?? entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(start, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...parts, end, comment])
}

function header(signature: number, entry: RawEntry, content: Buffer, name: Buffer): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(signature, 0)
  common(bytes.subarray(4), entry, content, name.length)
  if (entry.localSize !== undefined) {
    bytes.writeUInt32LE(entry.localSize, 18)
    bytes.writeUInt32LE(entry.localSize, 22)
  }
  return bytes
}

function record(entry: RawEntry, content: Buffer, offset: number): Buffer {
  const name = Buffer.from(entry.name)
  const extra = Buffer.from(entry.extra ?? new Uint8Array(0))
  const bytes = Buffer.alloc(46)
  bytes.writeUInt32LE(0x02014b50, 0)
  bytes.writeUInt16LE((3 << 8) | 20, 4) // made by Unix
  common(bytes.subarray(6), entry, content, name.length)
  bytes.writeUInt16LE(extra.length, 30)
  bytes.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38)
  bytes.writeUInt32LE(offset, 42)
  return Buffer.concat([bytes, name, extra])
}

/** What local header and central record have in common. */
function common(
  bytes: Buffer,
  { flags = 0x800, method = 0, crc, size, packedSize }: RawEntry,
  content: Buffer,
  nameLength: number,
): void {
  bytes.writeUInt16LE(20, 0)
  bytes.writeUInt16LE(flags, 2)
  bytes.writeUInt16LE(method, 4)
  bytes.writeUInt32LE(0x5c210000, 6) // 1 January 2026
  bytes.writeUInt32LE(crc ?? crc32(content), 10)
  bytes.writeUInt32LE(packedSize ?? content.length, 14)
  bytes.writeUInt32LE(size ?? content.length, 18)
  bytes.writeUInt16LE(nameLength, 22)
}
