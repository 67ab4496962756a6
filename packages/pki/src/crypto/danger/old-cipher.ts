// The old ciphers in the place that PBES2 has for any cipher (RFC 8018 appendix B.2): OpenSSL's `pkcs8 -v2 des3`, old
// GnuTLS, old Java.

import type { DerReader } from '../../asn1/index.ts'
import { TAG } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { BlockCipher } from './cbc.ts'
import { des } from './des.ts'
import { rc2 } from './rc2.ts'

/** A cipher whose key is still to be derived. */
export interface OldCipher {
  readonly name: string
  /** In bytes; undefined when the key derivation must say it. */
  readonly keyLength: number | undefined
  /** In bytes, of the key that a message carries: RC2's has as many as count. */
  readonly carried: number
  readonly iv: Uint8Array
  keyed(key: Uint8Array): BlockCipher
}

export const isOldCipher = (dotted: string): boolean => Object.hasOwn(READERS, dotted)

/** Reads the parameters of such a cipher. @throws der_malformed, algorithm_unsupported */
export function readOldCipher(dotted: string, parameters: DerReader): OldCipher {
  const cipher = (READERS[dotted] ?? fail('algorithm_unsupported', { oid: dotted }))(parameters)
  return cipher.iv.length === 8 ? cipher : parameters.malformed()
}

const READERS: Readonly<Record<string, (parameters: DerReader) => OldCipher>> = {
  '1.3.14.3.2.7': (fields) => ({ name: 'DES-CBC', keyLength: 8, carried: 8, iv: fields.octetString(), keyed: des }),
  '1.2.840.113549.3.7': (fields) => ({
    name: '3DES-CBC',
    keyLength: 24,
    carried: 24,
    iv: fields.octetString(),
    keyed: des,
  }),
  '1.2.840.113549.3.2': (fields) =>
    fields.sequence((rc2Parameters) => {
      const bits = rc2Bits(rc2Parameters.optional(TAG.integer, (inner) => inner.smallInteger(1024)))
      const iv = rc2Parameters.octetString()
      const carried = Math.ceil(bits / 8)
      return { name: `RC2-${bits}-CBC`, keyLength: undefined, carried, iv, keyed: (key) => rc2(key, bits) }
    }),
}

/** Effective key bits, which hide behind a number drawn from a table (RFC 8018 B.2.3, RFC 2268 §6). */
function rc2Bits(version: number | undefined): number {
  if (version === undefined) return 32
  if (version >= 256) return version
  return RC2_VERSIONS.get(version) ?? fail('algorithm_unsupported', { oid: '1.2.840.113549.3.2' })
}

const RC2_VERSIONS: ReadonlyMap<number, number> = new Map([
  [160, 40],
  [120, 64],
  [58, 128],
])
