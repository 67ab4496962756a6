import type { ByteSource } from '../asn1/index.ts'
import { GrowingBytes } from '../bytes/index.ts'
import type { ByteSink } from '../cms/index.ts'

/** A sink in memory that refuses to grow beyond its limit, which is `input_too_large`. */
export function memorySink(limit: number): { readonly sink: ByteSink; bytes(): Uint8Array } {
  const held = new GrowingBytes('mail', limit)
  return { sink: { write: async (bytes) => held.append(bytes) }, bytes: () => held.view() }
}

/** All that a source of our own gives. */
export async function collected(source: ByteSource): Promise<Uint8Array> {
  const held = new GrowingBytes('mail', Number.MAX_SAFE_INTEGER)
  for await (const part of source) held.append(part)
  return held.view()
}
