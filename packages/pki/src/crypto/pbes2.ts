// Password-based encryption, PBES2 (RFC 8018 §6.2) with PBKDF2 and AES in CBC mode. PKCS #8 and PKCS #12 share it.

import { engine } from '#engine'
import type { DigestAlgorithm } from '../algorithms/index.ts'
import { CIPHERS, cipherByOid, digestByHmacOid, digestByName, PBES2, PBKDF2 } from '../algorithms/index.ts'
import { DerReader, integer, nullValue, octetString, oid, sequence, TAG } from '../asn1/index.ts'
import { utf8 } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import { decryptCbc } from './danger/cbc.ts'
import { isOldCipher, readOldCipher } from './danger/old-cipher.ts'
import { readIterations } from './derivation-budget.ts'
import type { PassphraseScheme } from './passphrase-scheme.ts'
import { decryptUnder, passphraseForms } from './passphrase-scheme.ts'

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

/** @throws passphrase_wrong, algorithm_unsupported, algorithm_weak, input_too_large when the iterations exceed what is done */
export const decryptPbes2 = async ({ algorithm, bytes }: Encrypted, passphrase: string): Promise<Uint8Array> =>
  decryptUnder(pbes2Scheme(algorithm), bytes, passphraseForms(passphrase))

export interface Pbes2Quirks {
  /** NSS before 3.13 gave PBKDF2 the BMP form, and called AES with any key length by the name of another. */
  readonly oldNss?: boolean
}

/** @throws algorithm_unsupported, der_malformed, input_too_large */
export function pbes2Scheme(algorithm: Uint8Array, { oldNss = false }: Pbes2Quirks = {}): PassphraseScheme {
  const { derivation, cipher } = readParameters(algorithm, oldNss)
  const { prf, salt, iterations, keyLength } = derivation
  return {
    name: `PBES2 ${cipher.name}`,
    weak: cipher.weak,
    rounds: iterations * Math.ceil(keyLength / prf.length),
    async decrypt(passphrase, bytes) {
      const secret = oldNss ? passphrase.bmp() : passphrase.utf8()
      return cipher.decrypt(await engine.pbkdf2(prf.name, secret, salt, iterations, keyLength), bytes)
    },
  }
}

/** PBKDF2-params with a key length that is decided. */
interface Derivation extends Pbkdf2Parameters {
  readonly keyLength: number
}

interface Cipher {
  readonly name: string
  readonly weak: boolean
  /** Undefined when the key derivation must say it. */
  readonly keyLength: number | undefined
  decrypt(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array | undefined>
}

function readParameters(algorithm: Uint8Array, oldNss: boolean): { derivation: Derivation; cipher: Cipher } {
  return DerReader.whole(algorithm, 'PBES2', (reader) =>
    reader.sequence((identifier) => {
      const scheme = identifier.oid()
      if (scheme !== PBES2) fail('algorithm_unsupported', { oid: scheme })
      return identifier.sequence((parameters) => {
        const derivation = readPbkdf2(parameters)
        const named = oldNss ? derivation.keyLength : undefined
        const cipher = parameters.sequence((encryption) => readCipher(encryption, named))
        const keyLength = cipher.keyLength ?? derivation.keyLength ?? parameters.malformed()
        if ((derivation.keyLength ?? keyLength) !== keyLength) parameters.malformed()
        return { derivation: { ...derivation, keyLength }, cipher }
      })
    }),
  )
}

function readCipher(encryption: DerReader, named: number | undefined): Cipher {
  const dotted = encryption.oid()
  if (isOldCipher(dotted)) {
    const { name, keyLength, iv, keyed } = readOldCipher(dotted, encryption)
    return { name, weak: true, keyLength, decrypt: async (key, bytes) => decryptCbc(keyed(key), iv, bytes) }
  }
  const written = cipherByOid(dotted)
  const row = CIPHERS.find(({ keyLength }) => keyLength === named) ?? written
  const iv = encryption.octetString()
  if (iv.length !== row.ivLength) encryption.malformed()
  return {
    name: row.name,
    weak: false,
    keyLength: row.keyLength,
    async decrypt(key, bytes) {
      return bytes.length > 0 && bytes.length % 16 === 0 ? engine.decryptCbc(row, key, iv, bytes) : undefined
    },
  }
}

/** PBKDF2-params (RFC 8018 appendix A.2). */
export interface Pbkdf2Parameters {
  readonly prf: DigestAlgorithm
  readonly salt: Uint8Array
  readonly iterations: number
  /** In bytes. */
  readonly keyLength: number | undefined
}

/** Reads an AlgorithmIdentifier of PBKDF2. @throws algorithm_unsupported, der_malformed, input_too_large */
export function readPbkdf2(reader: DerReader): Pbkdf2Parameters {
  return reader.sequence((identifier) => {
    const dotted = identifier.oid()
    if (dotted !== PBKDF2) fail('algorithm_unsupported', { oid: dotted })
    return identifier.sequence((parameters) => {
      // The other choice, a salt by an algorithm, was never used: an octet string or nothing.
      const salt = parameters.octetString()
      const iterations = readIterations(parameters)
      const keyLength = parameters.optional(TAG.integer, (inner) => inner.smallInteger(64))
      // "DEFAULT algid-hmacWithSHA1"
      const prf = parameters.optional(TAG.sequence, readHmac) ?? digestByName('SHA-1')
      return { salt, iterations, keyLength, prf }
    })
  })
}

/** Reads an AlgorithmIdentifier of HMAC, which has NULL or no parameters. @throws algorithm_unsupported */
export function readHmac(reader: DerReader): DigestAlgorithm {
  return reader.sequence((identifier) => {
    const dotted = identifier.oid()
    if (!identifier.done) identifier.null()
    return digestByHmacOid(dotted)
  })
}
