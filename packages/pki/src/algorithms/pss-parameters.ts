// RSASSA-PSS-params (RFC 4055 §3.1), in signatures and in keys that are restricted to them. Only strict DER: a field
// with its default value is absent. The defaults are SHA-1, which this library verifies nothing with.

import { bitString, DerReader, explicit, integer, oid, sequence } from '../asn1/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { DigestAlgorithm, StrongDigestName } from './digest.ts'
import { digestByName } from './digest.ts'
import { readDigestIdentifier, readMgf } from './mgf.ts'
import { MGF1, RSASSA_PSS } from './oids.ts'

/** How RSA-PSS is used. */
export interface PssParameters {
  readonly digest: StrongDigestName
  /** Digest of the mask generation function MGF1. */
  readonly mgfDigest: StrongDigestName
  /** In bytes. */
  readonly saltLength: number
}

/** Writes the parameters with digest identifiers that `identify` makes. */
export function pssParameters({ digest, mgfDigest, saltLength }: PssParameters, nullParameters = true): Uint8Array {
  const identify = (name: StrongDigestName): Uint8Array => {
    const row = digestByName(name)
    return nullParameters ? row.identifier : sequence(oid(row.oid))
  }
  return sequence(
    explicit(0, identify(digest)),
    explicit(1, sequence(oid(MGF1), identify(mgfDigest))),
    saltLength === DEFAULT_SALT ? [] : [explicit(2, integer(saltLength))],
  )
}

/**
 * A SubjectPublicKeyInfo that is restricted to these parameters (RFC 4055 §1.2).
 * @param keyBits an RSAPublicKey, DER: the content of the BIT STRING of any RSA key
 * @example
 * const { publicKey } = await generateKeyPair('rsa-2048')
 * const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256', saltLength: 32 } as const
 * assert.equal(readPublicKey(pssSpki(parameters, readPublicKey(publicKey).keyBits)).kind, 'rsa-pss')
 */
export const pssSpki = (parameters: PssParameters, keyBits: Uint8Array): Uint8Array =>
  sequence(sequence(oid(RSASSA_PSS), pssParameters(parameters)), bitString(keyBits))

/** Undefined for what the standard allows and this library does not use (SHA-1, another MGF), and for what is wrong. */
export function readPssParameters(der: Uint8Array): PssParameters | undefined {
  try {
    return DerReader.whole(der, 'RSASSA-PSS-params', (reader) =>
      reader.sequence((fields) => {
        const digest =
          fields.optional(0xa0, (inner) => inner.explicit(0, readDigestIdentifier)) ?? digestByName('SHA-1')
        const mgfDigest = fields.optional(0xa1, (inner) => inner.explicit(1, readMgf)) ?? digestByName('SHA-1')
        const given = fields.optional(0xa2, (inner) => inner.explicit(2, (salt) => salt.smallInteger(LONGEST_SALT)))
        if (given === DEFAULT_SALT) fields.malformed()
        // The only trailer is the default, 1, which DER leaves out.
        if (!isStrong(digest) || !isStrong(mgfDigest)) return undefined
        return Object.freeze({ digest: digest.name, mgfDigest: mgfDigest.name, saltLength: given ?? DEFAULT_SALT })
      }),
    )
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

const isStrong = (row: DigestAlgorithm): row is DigestAlgorithm & { readonly name: StrongDigestName } =>
  row.length >= 32

const DEFAULT_SALT = 20
const LONGEST_SALT = 2048 // the longest modulus of public-key.ts; whether it fits a key is asked at verification
