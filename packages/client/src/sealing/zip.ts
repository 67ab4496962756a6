// The archive that several files or a folder are sealed as. Its entries are stored, not compressed: what is sealed is
// mostly compressed already, sealing keeps the speed of the disk, and the length says nothing about the content.

import { Reader, ZipWriter } from '@zip.js/zip.js'
import { stop } from '../ui/cli-error.ts'
import { type Count, openToRead, sameState } from './file-source.ts'
import type { Entry } from './gather.ts'
import { MARK } from './mark.ts'
import { unreadable } from './unreadable.ts'

/** The archive as it is made: nothing of it is held but the list of its entries. @throws what reading files throws */
export async function* zipOf(
  entries: readonly Entry[],
  signal: AbortSignal,
  count: Count = () => {},
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  let failure: unknown
  const made = write(entries, writable, signal, count).catch(async (error: unknown) => {
    failure = error
    await writable.abort(error).catch(() => undefined)
  })
  try {
    yield* readable
  } catch (error) {
    throw failure ?? error
  } finally {
    await readable.cancel().catch(() => undefined)
    await made
  }
  if (failure) throw failure
}

async function write(
  entries: readonly Entry[],
  writable: WritableStream<Uint8Array>,
  signal: AbortSignal,
  count: Count,
): Promise<void> {
  const zip = new ZipWriter(writable, { level: 0, useWebWorkers: false, extendedTimestamp: true })
  for (const { name, file, modified, executable } of entries) {
    if (signal.aborted) stop('interrupted')
    const lastModDate = modified.getTime() > 0 ? modified : new Date(0)
    if (file === undefined) {
      await zip.add(`${name}/`, undefined, { directory: true, lastModDate })
      continue
    }
    const source = new FileReader(file, signal, count)
    try {
      await zip.add(name, source, { lastModDate, executable })
      if (await source.changed()) stop('file_changed', { file })
    } catch (error) {
      throw source.failure ?? error
    } finally {
      await source.close()
    }
  }
  await zip.close(MARK)
}

/** One file for zip.js, opened when it is its turn. What it throws, zip.js may wrap: `failure` is the first of it. */
class FileReader extends Reader<string> {
  readonly #file: string
  readonly #signal: AbortSignal
  readonly #count: Count
  #opened: Awaited<ReturnType<typeof openToRead>> | undefined
  #read = 0
  failure: unknown

  constructor(file: string, signal: AbortSignal, count: Count) {
    super(file)
    this.#file = file
    this.#signal = signal
    this.#count = count
  }

  override async init(): Promise<void> {
    this.#opened = await openToRead(this.#file, false).catch((error: unknown) => this.#fail(error))
    this.size = this.#opened.found.size
    await super.init?.()
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    try {
      if (this.#signal.aborted) stop('interrupted')
      const { handle } = this.#opened!
      const wanted = Math.max(0, Math.min(length, this.size - index))
      if (wanted === 0) return new Uint8Array(0)
      const buffer = Buffer.allocUnsafeSlow(wanted)
      const { bytesRead } = await handle.read(buffer, 0, wanted, index)
      this.#read += bytesRead
      this.#count(bytesRead)
      return buffer.subarray(0, bytesRead)
    } catch (error) {
      return this.#fail(unreadable(error, this.#file))
    }
  }

  /** Whether the file is another than it was at the beginning. */
  async changed(): Promise<boolean> {
    const { handle, found } = this.#opened!
    const after = await handle.stat()
    return this.#read !== found.size || !sameState(after, found)
  }

  async close(): Promise<void> {
    await this.#opened?.handle.close()
  }

  #fail(error: unknown): never {
    this.failure ??= error
    throw error
  }
}
