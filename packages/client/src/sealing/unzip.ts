// Takes an archive apart that sealing made. Whoever sealed it is not believed: the archive is read in the one way in
// which every program reads it, or refused; nothing is written outside of the folder; it cannot become larger than it is.

import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Entry,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_ENCRYPTED,
  ERR_INVALID_CRC32,
  ERR_OVERLAPPING_ENTRY,
  ERR_UNSAFE_FILENAME,
  type FileEntry,
  Reader,
  ZipReader,
} from '@zip.js/zip.js'
import { codeOf, writeFailure } from '../state/files.ts'
import { CliError, stop } from '../ui/cli-error.ts'
import { faultIn } from './entry-name.ts'
import type { Count } from './file-source.ts'
import { MOST_ENTRIES } from './gather.ts'

export interface UnzipOptions {
  readonly platform: NodeJS.Platform
  readonly signal: AbortSignal
  readonly count?: Count
  /** How many files and folders at most. @default MOST_ENTRIES */
  readonly most?: number
}

export interface Unpacked {
  /** Names at the top. */
  readonly tops: readonly string[]
  /** How many files there are. */
  readonly files: number
}

/**
 * Unpacks into a folder that is empty.
 * @throws archive_refused with the reason, disk_full, file_unwritable, interrupted
 */
export async function unzip(handle: FileHandle, folder: string, options: UnzipOptions): Promise<Unpacked> {
  const { most = MOST_ENTRIES } = options
  const { size } = await handle.stat()
  const reader = new ZipReader(new HandleReader(handle, size), { strictness: 'strict', useWebWorkers: false })
  const tops = new Set<string>()
  const kinds = new Map<string, 'file' | 'folder'>()
  const entries: Entry[] = []
  let total = 0
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.length >= most) refuse('entries')
      const name = entry.directory ? entry.filename.replace(/\/$/, '') : entry.filename
      judge(entry, name, options.platform)
      total += entry.uncompressedSize
      if (total >= size) refuse('size')
      const [top = name] = name.split('/')
      tops.add(top)
      place(name, entry.directory ? 'folder' : 'file', kinds)
      entries.push(entry)
    }
    const folders: [string, Date][] = []
    for (const entry of entries) {
      if (options.signal.aborted) stop('interrupted')
      const path = join(folder, ...entry.filename.split('/'))
      if (entry.directory) {
        await mkdir(path, { recursive: true, mode: 0o700 }).catch((error) => unwritable(error, path))
        folders.push([path, entry.lastModDate])
      } else await extract(entry, path, options)
    }
    // deepest last in the archive: a folder keeps its date once nothing is written into it any more
    for (const [path, date] of folders.reverse()) await utimes(path, date, date).catch(() => undefined)
  } catch (error) {
    throw refusal(error)
  }
  return { tops: [...tops], files: entries.filter(({ directory }) => !directory).length }
}

function judge(entry: Entry, name: string, platform: NodeJS.Platform): void {
  const fault = faultIn(name, platform)
  if (fault) refuse(fault === 'control' ? 'letters' : 'name', name)
  if (entry.encrypted) refuse('encrypted', name)
  // Sealing stores. Whatever is compressed is not of our making, and need not be expanded to be refused.
  if (entry.compressionMethod !== 0 || entry.compressedSize !== entry.uncompressedSize) refuse('compressed', name)
  // without any permission, zip.js finds no Unix mode in it
  const type = (entry.unixMode ?? entry.unixExternalUpper ?? 0) & 0o170000
  if (type !== 0 && type !== (entry.directory ? 0o040000 : 0o100000)) refuse('link', name)
}

/** Refuses a second entry of the same name, and a file that is also a folder. */
function place(name: string, kind: 'file' | 'folder', kinds: Map<string, 'file' | 'folder'>): void {
  const parts = name.split('/')
  for (let length = 1; length < parts.length; length++) {
    const above = parts.slice(0, length).join('/')
    if (kinds.get(above) === 'file') refuse('twice', name)
    kinds.set(above, 'folder')
  }
  const before = kinds.get(name)
  if (before !== undefined && (before === 'file' || kind === 'file')) refuse('twice', name)
  kinds.set(name, kind)
}

async function extract(entry: FileEntry, path: string, { signal, count }: UnzipOptions): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 }).catch((error) => unwritable(error, path))
  const mode = entry.executable ? 0o700 : 0o600
  // wx: two names that are one on this file system (case, Unicode forms) do not write over each other
  const file = await open(path, 'wx', mode).catch((error) => {
    if (codeOf(error) === 'EEXIST') refuse('twice', entry.filename)
    return unwritable(error, path)
  })
  let failure: unknown
  try {
    const sink = new WritableStream<Uint8Array>({
      async write(bytes) {
        try {
          if (signal.aborted) stop('interrupted')
          for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
          count?.(bytes.length)
        } catch (error) {
          failure = writeFailure(error, path)
          throw error
        }
      },
    })
    await entry.getData(sink, { checkSignature: true, checkOverlappingEntry: true, strictness: 'strict' })
    await file.utimes(entry.lastModDate, entry.lastModDate)
  } catch (error) {
    throw failure ?? error
  } finally {
    await file.close()
  }
}

type Reason =
  | 'name'
  | 'letters'
  | 'link'
  | 'encrypted'
  | 'compressed'
  | 'twice'
  | 'overlap'
  | 'size'
  | 'entries'
  | 'damaged'

const refuse = (reason: Reason, name = ''): never => stop('archive_refused', { reason, name })

const unwritable = (error: unknown, path: string): never => {
  throw writeFailure(error, path)
}

/** What zip.js refuses, in our words. */
function refusal(error: unknown): unknown {
  if (error instanceof CliError || codeOf(error)) return error
  const { message, filename } = error as Error & { filename?: unknown }
  const name = typeof filename === 'string' ? filename : ''
  return new CliError('archive_refused', { reason: REASONS[message] ?? 'damaged', name }, error)
}

const REASONS: Readonly<Record<string, Reason>> = {
  [ERR_UNSAFE_FILENAME]: 'name',
  [ERR_ENCRYPTED]: 'encrypted',
  [ERR_OVERLAPPING_ENTRY]: 'overlap',
  [ERR_AMBIGUOUS_ARCHIVE]: 'damaged',
  [ERR_INVALID_CRC32]: 'damaged',
}

class HandleReader extends Reader<FileHandle> {
  readonly #handle: FileHandle

  constructor(handle: FileHandle, size: number) {
    super(handle)
    this.#handle = handle
    this.size = size
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - index))
    const buffer = Buffer.allocUnsafeSlow(wanted)
    const { bytesRead } = await this.#handle.read(buffer, 0, wanted, index)
    return buffer.subarray(0, bytesRead)
  }
}
