import { becomesZip, distinctPaths } from '@scel/files/names'
import type { ByteSource } from '@scel/pki/asn1'
import { MARK } from '../mark.ts'
import type { Item } from '../protocol.ts'

/** Is told how many octets were read from files since it was told last. */
export type Told = (octets: number) => void

/** A file piece by piece. The next one is being read while this one is worked on. */
export async function* bytesOf(file: Blob, told: Told, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const read = (at: number) => (at < file.size ? file.slice(at, at + PIECE).arrayBuffer() : undefined)
  let next = read(0)
  for (let at = 0; next; at += PIECE) {
    const piece = new Uint8Array(await next)
    signal.throwIfAborted()
    next = read(at + PIECE)
    next?.catch(() => undefined) // it is awaited above, unless the reader stops before
    yield piece
    told(piece.length)
  }
}

/** One file as it is, several or a folder as one zip that is made while it is read. */
export const contentOf = (items: readonly Item[], told: Told, signal: AbortSignal): ByteSource =>
  becomesZip(items) ? zipOf(items, told, signal) : bytesOf(items[0]!.file, told, signal)

/** How long the content is, where that is known before. */
export const lengthOf = (items: readonly Item[]): { readonly contentLength?: number } =>
  becomesZip(items) ? {} : { contentLength: items[0]!.file.size }

/** Stored, not compressed: what is sealed is mostly compressed already, and `scel open` unpacks nothing else. */
async function* zipOf(items: readonly Item[], told: Told, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const paths = distinctPaths(items.map(({ path }) => path))
  const writing = (async () => {
    // The part without WebAssembly, which the content security policy keeps out.
    const { ZipWriter } = await import('@zip.js/zip.js/lib/zip-core-native.js')
    const zip = new ZipWriter(writable, { level: 0, useWebWorkers: false, extendedTimestamp: true, signal })
    for (const [at, { file }] of items.entries()) {
      const source = { readable: streamOf(bytesOf(file, told, signal)), size: file.size }
      await zip.add(paths[at]!, source, { lastModDate: new Date(file.lastModified) })
    }
    await zip.close(MARK)
  })()
  // What breaks the writing must break the reading: a cut zip would be sealed otherwise.
  writing.catch((error: unknown) => writable.abort(error).catch(() => undefined))
  const reader = readable.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      yield value
    }
    await writing
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** `ReadableStream.from` is not in every browser yet. */
function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}

// What the cipher takes at a time in browsers: pieces of this size are not copied together first.
const PIECE = 1024 * 1024
