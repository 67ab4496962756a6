// PBES1 (RFC 8018 §6.1): MD5 or SHA-1 over passphrase and salt, then DES or RC2 of 64 bits. `openssl pkcs8 -topk8` wrote
// it by default until 2016.

import { engine } from '#engine'
import { DerReader } from '../../asn1/index.ts'
import { concat } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { readIterations } from '../passphrase/derivation-budget.ts'
import type { PassphraseScheme } from '../passphrase/scheme.ts'
import type { BlockCipher } from './cbc.ts'
import { decryptCbc } from './cbc.ts'
import { des } from './des.ts'
import { md5 } from './md5.ts'
import { rc2 } from './rc2.ts'
import { sha1Repeated } from './sha1.ts'

interface Row {
  readonly name: string
  readonly oid: string
  readonly hash: (data: Uint8Array, times: number) => Uint8Array
  readonly keyed: (key: Uint8Array) => BlockCipher
}

const row = (arc: number, name: string, hash: Row['hash'], keyed: Row['keyed']): Row =>
  Object.freeze({ name: `PBES1 ${name}`, oid: `1.2.840.113549.1.5.${arc}`, hash, keyed })

const md5Repeated: Row['hash'] = (data, times) => {
  let state = data
  for (let i = 0; i < times; i++) state = md5(state)
  return state
}
const rc2Of64: Row['keyed'] = (key) => rc2(key, 64)

// 1 and 4 are MD2, which is gone from every library.
const ROWS: readonly Row[] = [
  row(3, 'MD5 with DES', md5Repeated, des),
  row(6, 'MD5 with RC2', md5Repeated, rc2Of64),
  row(10, 'SHA-1 with DES', sha1Repeated, des),
  row(11, 'SHA-1 with RC2', sha1Repeated, rc2Of64),
]

export const isPbes1Scheme = (dotted: string): boolean => ROWS.some((one) => one.oid === dotted)

/** @throws algorithm_unsupported, der_malformed, input_too_large */
export function pbes1Scheme(algorithm: Uint8Array): PassphraseScheme {
  return DerReader.whole(algorithm, 'PBES1', (reader) =>
    reader.sequence((identifier) => {
      const dotted = identifier.oid()
      const found = ROWS.find((one) => one.oid === dotted) ?? fail('algorithm_unsupported', { oid: dotted })
      return identifier.sequence((parameters) => {
        const salt = parameters.octetString()
        if (salt.length !== 8) parameters.malformed()
        return schemeOf(found, salt, readIterations(parameters))
      })
    }),
  )
}

const schemeOf = (found: Row, salt: Uint8Array, iterations: number): PassphraseScheme => ({
  name: found.name,
  weak: true,
  work: iterations * PRICE,
  async decrypt(passphrase, bytes, signal) {
    // PBKDF1 (§5.1): the first sixteen bytes are key and IV.
    let derived: Uint8Array = concat(passphrase.utf8(), salt)
    for (let left = iterations; left > 0; left -= SLICE) {
      signal?.throwIfAborted()
      derived = found.hash(derived, Math.min(left, SLICE))
      if (left > SLICE) await engine.pause()
    }
    return decryptCbc(found.keyed(derived.subarray(0, 8)), derived.subarray(8, 16), bytes)
  },
})

// Of MD5, the dearer of the two, in rounds of PBKDF2 with SHA-256.
const PRICE = 8
// A hundredth of a second.
const SLICE = 10_000
