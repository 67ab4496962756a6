// PBMAC1 (RFC 8018 §7.1) as RFC 9879 narrows it for PKCS #12: an HMAC whose key comes from PBKDF2 and the passphrase as
// UTF-8.

import { engine } from '#engine'
import type { DigestAlgorithm } from '../../algorithms/index.ts'
import { digestByName, PBKDF2, PBMAC1 } from '../../algorithms/index.ts'
import { DerReader, integer, nullValue, octetString, oid, sequence } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import { abortable } from '../abortable.ts'
import { readHmac, readPbkdf2 } from './derivation.ts'
import { pbkdf2Work } from './derivation-budget.ts'
import type { PassphraseForms } from './scheme.ts'

/** One way to get an authentication code from a passphrase. */
export interface PassphraseMac {
  /** As people name it: `PBMAC1 SHA-256`. */
  readonly name: string
  /** What deriving the key costs, in rounds of PBKDF2 with SHA-256. */
  readonly work: number
  /** The code over `data`. @throws the reason of `signal` */
  compute(passphrase: PassphraseForms, data: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>
}

/**
 * Reads the AlgorithmIdentifier of PBMAC1, DER.
 * @throws algorithm_unsupported with the OID of another derivation or code; der_malformed; input_too_large;
 *   pkcs12_malformed when the key length is absent or out of bounds
 * @example
 * const { algorithm } = makePbmac1(randomBytes(16), 1_000)
 * assert.equal(readPbmac1(algorithm).work, 1_000)
 */
export function readPbmac1(algorithm: Uint8Array): PassphraseMac {
  return DerReader.whole(algorithm, 'PBMAC1', (reader) =>
    reader.sequence((identifier) => {
      const dotted = identifier.oid()
      if (dotted !== PBMAC1) fail('algorithm_unsupported', { oid: dotted })
      return identifier.sequence((parameters) => {
        const { prf, salt, iterations, keyLength } = readPbkdf2(parameters)
        const digest = readHmac(parameters)
        // RFC 9879 §4: the length must be there. OpenSSL wrote past its buffer for a long one (CVE-2025-11187) and took
        // one octet, which a forger tries out (CVE-2026-34181); the RFC advises 20 at least.
        if (keyLength === undefined || keyLength < SHORTEST_KEY || keyLength > LONGEST_KEY) {
          return fail('pkcs12_malformed', { what: 'PBMAC1 key length' })
        }
        return macOf({ prf, salt, iterations, keyLength, digest })
      })
    }),
  )
}

/**
 * HMAC-SHA-256 under PBKDF2 with HMAC-SHA-256: the AlgorithmIdentifier, DER, and how to compute it.
 * @example
 * const { mac } = makePbmac1(randomBytes(16), 1_000)
 * assert.equal(mac.name, 'PBMAC1 SHA-256')
 */
export function makePbmac1(salt: Uint8Array, iterations: number): { algorithm: Uint8Array; mac: PassphraseMac } {
  const digest = digestByName('SHA-256')
  const hmac = sequence(oid(digest.hmacOid), nullValue())
  const derivation = sequence(octetString(salt), integer(iterations), integer(digest.length), hmac)
  const algorithm = sequence(oid(PBMAC1), sequence(sequence(oid(PBKDF2), derivation), hmac))
  return { algorithm, mac: macOf({ prf: digest, salt, iterations, keyLength: digest.length, digest }) }
}

interface Parameters {
  readonly prf: DigestAlgorithm
  readonly salt: Uint8Array
  readonly iterations: number
  readonly keyLength: number
  readonly digest: DigestAlgorithm
}

const macOf = ({ prf, salt, iterations, keyLength, digest }: Parameters): PassphraseMac => ({
  name: `PBMAC1 ${digest.name}`,
  work: pbkdf2Work(prf, iterations, keyLength),
  async compute(passphrase, data, signal) {
    const key = await abortable(() => engine.pbkdf2(prf.name, passphrase.utf8(), salt, iterations, keyLength), signal)
    return engine.hmac(digest.name, key, data)
  },
})

const SHORTEST_KEY = 20
const LONGEST_KEY = 64
