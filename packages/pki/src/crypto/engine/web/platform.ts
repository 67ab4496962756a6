// WebCrypto, and the way it says that it lacks something.

import { RAW_KEYS } from '../../../algorithms/index.ts'
import { fail } from '../../../errors/index.ts'

export const subtle: SubtleCrypto = globalThis.crypto.subtle

export const bytes = (buffer: ArrayBuffer): Uint8Array => new Uint8Array(buffer)
// The library never makes shared memory, which is all that the wider type would allow.
export const view = (array: Uint8Array): Uint8Array<ArrayBuffer> => array as Uint8Array<ArrayBuffer>

/**
 * Runs `work`; what the platform does not know is refused under `oid`.
 * @throws algorithm_unsupported, and whatever `work` throws
 */
export async function supported<T>(oid: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && error.name === 'NotSupportedError') fail('algorithm_unsupported', { oid }, error)
    throw error
  }
}

/** How WebCrypto calls a key of raw-key.ts: Ed25519, X448, ML-DSA-44, ML-KEM-512, SLH-DSA-SHA2-128s. */
export function platformName(oid: string): string {
  const { spec } = RAW_KEYS.find((row) => row.oid === oid) ?? fail('algorithm_unsupported', { oid })
  if (spec.startsWith('ed')) return `Ed${spec.slice(2)}`
  return spec.startsWith('slh') ? `SLH-DSA${spec.slice(7, -4).toUpperCase()}${spec.slice(-4)}` : spec.toUpperCase()
}
