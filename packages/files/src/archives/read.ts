// Looks through an archive that sealing made. Whoever sealed it is not believed: the archive is read in the one way in
// which every program reads it, or refused; no name leads out of a folder; it cannot become larger than it is.

import type { ByteSink } from '@scel/pki/cms'
import {
  type Entry,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_ENCRYPTED,
  ERR_INVALID_CRC32,
  ERR_OVERLAPPING_ENTRY,
  ERR_UNSAFE_FILENAME,
  Reader,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js'
import { MOST_ENTRIES } from './limits.ts'
import { nameFault } from './name-fault.ts'
import { Places } from './places.ts'
import type { RandomAccess } from './random-access.ts'
import { type ArchiveReason, ArchiveRefused, refuse } from './refusal.ts'

export interface ReadArchiveOptions {
  /** Where its names are to become files. */
  readonly on: 'windows' | 'elsewhere'
  /** How many files and folders at most. @default MOST_ENTRIES */
  readonly most?: number
}

/** An archive of which every name and every size was looked at, and nothing was read of what its files hold. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[]
  /** Names at the top, each once. */
  readonly tops: readonly string[]
  /** How many files there are; folders not counted. */
  readonly files: number
}

export interface ArchiveEntry {
  /** With `/` between its parts, and none at the end. */
  readonly name: string
  readonly kind: 'file' | 'folder'
  readonly modified: Date
  readonly executable: boolean
  /**
   * Hands out what a file holds: the sink may believe it when this is fulfilled.
   * @throws ArchiveRefused damaged, overlap; what reading the archive and the sink throw
   */
  copyTo(sink: ByteSink): Promise<void>
}

/** @throws ArchiveRefused; what reading throws */
export async function readArchive(source: RandomAccess, options: ReadArchiveOptions): Promise<Archive> {
  const { on, most = MOST_ENTRIES } = options
  const access = new Access(source)
  const reader = new ZipReader(access, { strictness: 'strict', useWebWorkers: false })
  const places = new Places()
  const tops = new Set<string>()
  const entries: ArchiveEntry[] = []
  let total = 0
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.length >= most) refuse('entries')
      const name = entry.directory ? entry.filename.replace(/\/$/, '') : entry.filename
      judge(entry, name, on)
      total += entry.uncompressedSize
      if (total >= source.size) refuse('size')
      tops.add(name.split('/', 1)[0] ?? name)
      places.take(name, entry.directory ? 'folder' : 'file')
      entries.push(entryOf(entry, name, access))
    }
  } catch (error) {
    throw access.failure ?? refusal(error)
  }
  return { entries, tops: [...tops], files: entries.filter(({ kind }) => kind === 'file').length }
}

function judge(entry: Entry, name: string, on: ReadArchiveOptions['on']): void {
  const fault = nameFault(name, on)
  if (fault) refuse(fault === 'letters' ? fault : 'name', name)
  if (entry.encrypted) refuse('encrypted', name)
  // Sealing stores. Whatever is compressed is not of our making, and need not be expanded to be refused.
  if (entry.compressionMethod !== 0 || entry.compressedSize !== entry.uncompressedSize) refuse('compressed', name)
  // without any permission, zip.js finds no Unix mode in it
  const type = (entry.unixMode ?? entry.unixExternalUpper ?? 0) & 0o170000
  if (type !== 0 && type !== (entry.directory ? 0o040000 : 0o100000)) refuse('link', name)
}

function entryOf(entry: Entry, name: string, access: Access): ArchiveEntry {
  return {
    name,
    kind: entry.directory ? 'folder' : 'file',
    modified: entry.lastModDate,
    executable: entry.executable,
    async copyTo(sink) {
      if (entry.directory) return
      let failure: unknown
      const writable = new WritableStream<Uint8Array>({
        async write(bytes) {
          try {
            await sink.write(bytes)
          } catch (error) {
            failure = error
            throw error
          }
        },
      })
      try {
        await entry.getData(writable, { checkSignature: true, checkOverlappingEntry: true, strictness: 'strict' })
      } catch (error) {
        throw failure ?? access.failure ?? refusal(error)
      }
    },
  }
}

/** What zip.js refuses, in our words. */
function refusal(error: unknown): ArchiveRefused {
  if (error instanceof ArchiveRefused) return error
  const { message, filename } = error as Error & { filename?: unknown }
  return new ArchiveRefused(REASONS[message] ?? 'damaged', typeof filename === 'string' ? filename : '', error)
}

const REASONS: Readonly<Record<string, ArchiveReason>> = {
  [ERR_UNSAFE_FILENAME]: 'name',
  [ERR_ENCRYPTED]: 'encrypted',
  [ERR_OVERLAPPING_ENTRY]: 'overlap',
  [ERR_AMBIGUOUS_ARCHIVE]: 'damaged',
  [ERR_INVALID_CRC32]: 'damaged',
}

/** For zip.js. A disk that cannot be read is no damaged archive: what it threw is kept. */
class Access extends Reader<RandomAccess> {
  readonly #source: RandomAccess
  failure: unknown

  constructor(source: RandomAccess) {
    super(source)
    this.#source = source
    this.size = source.size
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - index))
    try {
      return await this.#source.read(index, wanted)
    } catch (error) {
      this.failure ??= error
      throw error
    }
  }
}
