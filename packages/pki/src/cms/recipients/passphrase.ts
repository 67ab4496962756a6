// PasswordRecipientInfo (RFC 5652 §6.2.4, RFC 3211): PBKDF2 makes a key of the passphrase, which wraps the key of the
// content. The wrap is PWRI-KEK, the only one that every program reads here.

import type { CipherAlgorithm } from '../../algorithms/index.ts'
import { CIPHERS, cipherByOid, digestByName } from '../../algorithms/index.ts'
import {
  contentOf,
  contextConstructed,
  DerReader,
  implicitConstructed,
  integer,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import { utf8 } from '../../bytes/index.ts'
import type { PassphraseDerivation } from '../../crypto/index.ts'
import { pbkdf2, randomBytes, readDerivation, unwrapKeyTwice, wrapKeyTwice, writePbkdf2 } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import type { PassphraseRecipient } from '../seal-options.ts'
import type { FoundRecipient } from './found.ts'
import { alike } from './found.ts'

export function readPassphrase(der: Uint8Array): FoundRecipient {
  const { derivation, algorithm, encrypted } = DerReader.whole(der, 'PasswordRecipientInfo', (reader) =>
    reader.constructed(contextConstructed(3), (fields) => {
      if (fields.smallInteger() !== 0) fields.malformed()
      return {
        // Without it the key would have to be known otherwise; OpenSSL CVE-2026-42766 read it all the same.
        derivation: fields.optional(contextConstructed(0), (inner) => inner.element()),
        algorithm: fields.element(),
        encrypted: fields.octetString(),
      }
    }),
  )
  const facts = Object.freeze({ kind: 'passphrase', algorithm: 'PWRI-KEK' } as const)
  if (!derivation) return { facts, by: 'nothing' }
  return {
    facts,
    by: 'passphrase',
    async contentKey(passphrase, budget, signal) {
      const how = readHow(sequence(contentOf(derivation)))
      const { cipher, iv } = readWrapping(algorithm)
      if ((how.keyLength ?? cipher.keyLength) !== cipher.keyLength) fail('cms_malformed', { what: 'key length' })
      budget.spend(how.work(cipher.keyLength))
      const kek = await how.derive(utf8(passphrase), cipher.keyLength, signal)
      return alike(unwrapKeyTwice(cipher, kek, iv, encrypted))
    },
  }
}

export async function writePassphrase(recipient: PassphraseRecipient, contentKey: Uint8Array): Promise<Uint8Array> {
  const { passphrase, iterations = ITERATIONS } = recipient
  const [cipher, prf] = [CIPHERS.at(-1)!, digestByName('SHA-256')]
  const [salt, iv] = [randomBytes(16), randomBytes(cipher.ivLength)]
  const kek = await pbkdf2(prf.name, utf8(passphrase), salt, iterations, cipher.keyLength)
  return implicitConstructed(
    3,
    integer(0),
    implicitConstructed(0, contentOf(writePbkdf2(prf, salt, iterations))),
    sequence(oid(PWRI_KEK), sequence(oid(cipher.oid), octetString(iv))),
    octetString(await wrapKeyTwice(cipher, kek, iv, contentKey)),
  )
}

const readHow = (identifier: Uint8Array): PassphraseDerivation =>
  DerReader.whole(identifier, 'KeyDerivationAlgorithmIdentifier', readDerivation)

/** PWRI-KEK with its cipher (RFC 3211 §2.3). */
const readWrapping = (algorithm: Uint8Array): { cipher: CipherAlgorithm; iv: Uint8Array } =>
  DerReader.whole(algorithm, 'PWRI-KEK', (reader) =>
    reader.sequence((fields) => {
      const dotted = fields.oid()
      if (dotted !== PWRI_KEK) fail('algorithm_unsupported', { oid: dotted })
      return fields.sequence((inner) => {
        const cipher = cipherByOid(inner.oid())
        const iv = inner.octetString()
        return iv.length === cipher.ivLength ? { cipher, iv } : inner.malformed()
      })
    }),
  )

const PWRI_KEK = '1.2.840.113549.1.9.16.3.9'
// What OWASP asks of PBKDF2 with HMAC-SHA-256: about a quarter of a second.
const ITERATIONS = 600_000
