// Password-based encryption, PBES2 (RFC 8018 §6.2) with PBKDF2 and AES in CBC mode. PKCS #8 and PKCS #12 share it.

import { engine } from '#engine'
import type { CipherAlgorithm, DigestAlgorithm } from '../algorithms/index.ts'
import { CIPHERS, cipherByOid, digestByHmacOid, digestByName, PBES2, PBKDF2 } from '../algorithms/index.ts'
import { DerReader, integer, nullValue, octetString, oid, sequence, TAG } from '../asn1/index.ts'
import { utf8 } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'

export interface Encrypted {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array
  readonly bytes: Uint8Array
}

/** AES-256-CBC under PBKDF2 with HMAC-SHA-256; salt and IV are new each time. The passphrase is taken as UTF-8. */
export async function encryptPbes2(plain: Uint8Array, passphrase: string, iterations: number): Promise<Encrypted> {
  const cipher = CIPHERS.at(-1)!
  const prf = digestByName('SHA-256')
  const salt = engine.random(16)
  const iv = engine.random(cipher.ivLength)
  const key = await engine.pbkdf2(prf.name, utf8(passphrase), salt, iterations, cipher.keyLength)
  const derivation = sequence(octetString(salt), integer(iterations), sequence(oid(prf.hmacOid), nullValue()))
  const algorithm = sequence(
    oid(PBES2),
    sequence(sequence(oid(PBKDF2), derivation), sequence(oid(cipher.oid), octetString(iv))),
  )
  return { algorithm, bytes: await engine.encryptCbc(cipher, key, iv, plain) }
}

/**
 * CBC has no integrity: a wrong passphrase shows as bad padding, and one in 256 times as nonsense that the caller
 * must recognise.
 * @throws passphrase_wrong, algorithm_unsupported, input_too_large when the iterations exceed what is done
 */
export async function decryptPbes2({ algorithm, bytes }: Encrypted, passphrase: string): Promise<Uint8Array> {
  const { prf, salt, iterations, cipher, iv } = readParameters(algorithm)
  if (bytes.length === 0 || bytes.length % 16 !== 0) fail('passphrase_wrong', {})
  const key = await engine.pbkdf2(prf.name, utf8(passphrase), salt, iterations, cipher.keyLength)
  return (await engine.decryptCbc(cipher, key, iv, bytes)) ?? fail('passphrase_wrong', {})
}

interface Parameters {
  readonly prf: DigestAlgorithm
  readonly salt: Uint8Array
  readonly iterations: number
  readonly cipher: CipherAlgorithm
  readonly iv: Uint8Array
}

function readParameters(algorithm: Uint8Array): Parameters {
  return DerReader.whole(algorithm, 'PBES2', (reader) =>
    reader.sequence((identifier) => {
      const scheme = identifier.oid()
      if (scheme !== PBES2) fail('algorithm_unsupported', { oid: scheme })
      return identifier.sequence((parameters) => {
        const derivation = parameters.sequence(readDerivation)
        const { cipher, iv } = parameters.sequence((encryption) => ({
          cipher: cipherByOid(encryption.oid()),
          iv: encryption.octetString(),
        }))
        if (iv.length !== cipher.ivLength) parameters.malformed()
        if (derivation.keyLength !== undefined && derivation.keyLength !== cipher.keyLength) parameters.malformed()
        return { ...derivation, cipher, iv }
      })
    }),
  )
}

function readDerivation(reader: DerReader): Omit<Parameters, 'cipher' | 'iv'> & { keyLength: number | undefined } {
  const function_ = reader.oid()
  if (function_ !== PBKDF2) fail('algorithm_unsupported', { oid: function_ })
  return reader.sequence((parameters) => {
    const salt = parameters.octetString()
    const iterations = readIterations(parameters)
    const keyLength = parameters.optional(TAG.integer, (inner) => inner.smallInteger(64))
    const prf = parameters.optional(TAG.sequence, (inner) =>
      inner.sequence((identifier) => {
        const dotted = identifier.oid()
        if (!identifier.done) identifier.null()
        return digestByHmacOid(dotted)
      }),
    )
    return { salt, iterations, keyLength, prf: prf ?? digestByName('SHA-1') } // RFC 8018 A.2: DEFAULT hmacWithSHA1
  })
}

/** Reads an iteration count and refuses one that would keep the machine busy (Bouncy Castle CVE-2026-13586). */
export function readIterations(reader: DerReader): number {
  const iterations = reader.smallInteger()
  if (iterations < 1) reader.malformed()
  return iterations <= MAX_ITERATIONS
    ? iterations
    : fail('input_too_large', { what: 'iterations', limit: MAX_ITERATIONS })
}

const MAX_ITERATIONS = 10_000_000
