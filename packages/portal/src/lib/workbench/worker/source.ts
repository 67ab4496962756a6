import { becomesZip, distinctPaths } from '@scel/files/names'
import type { ByteSource } from '@scel/pki/asn1'
import type { Item } from '../protocol.ts'

/** Is told how many octets were read from files since it was told last. */
export type OnProgress = (octets: number) => void

/** A file piece by piece. The next one is being read while this one is worked on. */
export async function* bytesOf(
  file: Blob,
  onProgress: OnProgress,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const read = (at: number) => (at < file.size ? file.slice(at, at + PIECE).arrayBuffer() : undefined)
  let next = read(0)
  for (let at = 0; next; at += PIECE) {
    const piece = new Uint8Array(await next)
    signal.throwIfAborted()
    next = read(at + PIECE)
    next?.catch(() => undefined) // it is awaited above, unless the reader stops before
    yield piece
    onProgress(piece.length)
  }
}

/** One file as it is, several or a folder as one zip that is made while it is read. */
export const contentOf = (items: readonly Item[], onProgress: OnProgress, signal: AbortSignal): ByteSource =>
  becomesZip(items) ? zipOf(items, onProgress, signal) : bytesOf(items[0]!.file, onProgress, signal)

/** How long the content is, where that is known before. */
export const lengthOf = (items: readonly Item[]): { readonly contentLength?: number } =>
  becomesZip(items) ? {} : { contentLength: items[0]!.file.size }

async function* zipOf(items: readonly Item[], onProgress: OnProgress, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { writeArchive } = await import('@scel/files/archives/write') // one file alone needs no archive
  const names = distinctPaths(items.map(({ path }) => path))
  const entries = items.map(({ file }, at) => ({
    name: names[at]!,
    modified: new Date(file.lastModified),
    open: async () => ({ size: file.size, bytes: bytesOf(file, onProgress, signal) }),
  }))
  yield* writeArchive(entries, signal)
}

// What the cipher takes at a time in browsers: pieces of this size are not copied together first.
const PIECE = 1024 * 1024
