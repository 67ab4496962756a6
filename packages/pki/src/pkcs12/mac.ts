// The integrity of a PKCS #12 file: an HMAC under a key derived from the passphrase, by the derivation of PKCS #12
// (RFC 7292 §4 and appendix B) or by PBMAC1 (RFC 9879).

import type { DigestAlgorithm } from '../algorithms/index.ts'
import { digestByOid, PBMAC1 } from '../algorithms/index.ts'
import { DerReader, integer, octetString, sequence, TAG } from '../asn1/index.ts'
import type { PassphraseMac } from '../crypto/index.ts'
import { makePbmac1, passphraseForms, pkcs12Mac, randomBytes, readIterations, readPbmac1 } from '../crypto/index.ts'

export interface Mac extends PassphraseMac {
  readonly value: Uint8Array
}

/** Reads MacData. @throws algorithm_unsupported, naming it: a program that says "wrong password" instead is no help */
export function readMac(reader: DerReader): Mac {
  return reader.sequence((fields) => {
    const { algorithm, value } = fields.sequence((info) => ({ algorithm: info.element(), value: info.octetString() }))
    if (oidIn(algorithm) === PBMAC1) {
      // "the values of macSalt and iterations are ignored": some write a text there
      fields.octetString()
      fields.optional(TAG.integer, (inner) => inner.integer())
      return { ...readPbmac1(algorithm), value }
    }
    const digest = readDigest(algorithm)
    const salt = fields.octetString()
    const iterations = fields.optional(TAG.integer, readIterations) ?? 1
    return { ...pkcs12Mac(digest, salt, iterations), value }
  })
}

/** MacData with the derivation of PKCS #12, DER. */
export async function writeClassicMac(
  content: Uint8Array,
  passphrase: string,
  { digest, saltLength, iterations }: { digest: DigestAlgorithm; saltLength: number; iterations: number },
): Promise<Uint8Array> {
  const salt = randomBytes(saltLength)
  const value = await pkcs12Mac(digest, salt, iterations).compute(passphraseForms(passphrase), content)
  return sequence(sequence(digest.identifier, octetString(value)), octetString(salt), integer(iterations))
}

/** MacData with PBMAC1, DER. Salt and iterations stand twice, as OpenSSL writes them. */
export async function writePbmac1(content: Uint8Array, passphrase: string, iterations: number): Promise<Uint8Array> {
  const salt = randomBytes(16)
  const { algorithm, mac } = makePbmac1(salt, iterations)
  const value = await mac.compute(passphraseForms(passphrase), content)
  return sequence(sequence(algorithm, octetString(value)), octetString(salt), integer(iterations))
}

const oidIn = (algorithm: Uint8Array): string =>
  DerReader.whole(algorithm, 'MAC', (reader) =>
    reader.sequence((fields) => {
      const dotted = fields.oid()
      fields.list((rest) => rest.element())
      return dotted
    }),
  )

function readDigest(algorithm: Uint8Array): DigestAlgorithm {
  return DerReader.whole(algorithm, 'MAC', (reader) =>
    reader.sequence((identifier) => {
      const row = digestByOid(identifier.oid())
      if (!identifier.done) identifier.null()
      return row
    }),
  )
}
