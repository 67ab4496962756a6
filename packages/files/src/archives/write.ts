// The archive that several files or a folder are sealed as. Its entries are stored, not compressed: what is sealed is
// mostly compressed already, sealing keeps the speed of the disk, and the length says nothing about the content.

import type { ByteSource } from '@scel/pki/asn1'
// The part without WebAssembly, which the portal's content security policy keeps out.
import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js'
import { MOST_ENTRIES } from './limits.ts'
import { MARK } from './mark.ts'
import { nameFault } from './name-fault.ts'
import { Places } from './places.ts'
import { refuse } from './refusal.ts'

/** One file or folder that goes into an archive. */
export interface ArchiveItem {
  /** With `/` between its parts, and none at the end. */
  readonly name: string
  readonly modified: Date
  readonly executable?: boolean
  /** What a file holds, opened when it is its turn; a folder has none. */
  readonly open?: () => Promise<ArchiveContent>
}

export interface ArchiveContent {
  /** In octets: exactly as many as `bytes` hands out. */
  readonly size: number
  /** Pieces whose memory is not used again. */
  readonly bytes: ByteSource
}

/**
 * The archive as it is made: nothing of it is held but the list of its entries.
 * @throws ArchiveRefused name, letters, twice, entries before anything is read; what opening and reading throw
 */
export async function* writeArchive(items: readonly ArchiveItem[], signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  check(items)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  let failure: unknown
  const writing = write(items, writable, signal, (error) => {
    failure ??= error
  }).catch(async (error: unknown) => {
    failure ??= error
    // What breaks the writing must break the reading: a cut archive would be sealed otherwise.
    await writable.abort(error).catch(() => undefined)
  })
  const reader = readable.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      yield value
    }
  } catch (error) {
    throw failure ?? error
  } finally {
    await reader.cancel().catch(() => undefined)
    await writing
  }
  if (failure) throw failure
}

/** Whoever unpacks it must find nothing to refuse. */
function check(items: readonly ArchiveItem[]): void {
  if (items.length > MOST_ENTRIES) refuse('entries')
  const places = new Places()
  for (const { name, open } of items) {
    const fault = nameFault(name, 'elsewhere')
    if (fault) refuse(fault === 'letters' ? fault : 'name', name)
    places.take(name, open ? 'file' : 'folder')
  }
}

async function write(
  items: readonly ArchiveItem[],
  writable: WritableStream<Uint8Array>,
  signal: AbortSignal | undefined,
  failed: (error: unknown) => void,
): Promise<void> {
  const zip = new ZipWriter(writable, { level: 0, useWebWorkers: false, extendedTimestamp: true })
  for (const { name, open, modified, executable = false } of items) {
    signal?.throwIfAborted()
    const lastModDate = modified.getTime() > 0 ? modified : new Date(0)
    if (!open) {
      await zip.add(`${name}/`, undefined, { directory: true, lastModDate })
      continue
    }
    const { size, bytes } = await open()
    await zip.add(name, { readable: streamOf(bytes, failed), size }, { lastModDate, executable })
  }
  await zip.close(MARK)
}

/** `ReadableStream.from` is not in every browser yet; and what zip.js throws for a failure of ours, it wraps. */
function streamOf(bytes: ByteSource, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (error) {
        failed(error)
        throw error
      }
    },
    cancel: async () => void (await pieces.return?.()),
  })
}
