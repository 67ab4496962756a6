/** Something that lies still, and is read anywhere: a file, a blob. */
export interface RandomAccess {
  /** In octets. */
  readonly size: number
  /** As many octets as there are from `at`, at most `length`; they are the caller's. */
  read(at: number, length: number): Promise<Uint8Array>
}

/** Bytes, or a blob of a browser. */
export const accessTo = (content: Blob | Uint8Array): RandomAccess =>
  content instanceof Uint8Array
    ? { size: content.length, read: async (at, length) => content.slice(at, at + length) }
    : {
        size: content.size,
        read: async (at, length) => new Uint8Array(await content.slice(at, at + length).arrayBuffer()),
      }
