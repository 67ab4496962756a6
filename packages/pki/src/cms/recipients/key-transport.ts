// KeyTransRecipientInfo (RFC 5652 §6.2.1): RSA encrypts the key of the content. OAEP as RFC 3560 has it; v1.5 is read
// with implicit rejection, so that nobody learns from an error what the padding was (RFC 3218 §2.3.2).

import { oaepIdentifier, RSA_ENCRYPTION, RSAES_OAEP, readOaepIdentifier } from '../../algorithms/index.ts'
import { DerReader, integer, nullValue, octetString, oid, sequence } from '../../asn1/index.ts'
import { decryptOaep, decryptPkcs1v15, encryptOaep, encryptPkcs1v15 } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import { readIdentifier, writeIdentifier } from '../certificate-identifier.ts'
import type { CertificateRecipient } from '../seal-options.ts'
import type { FoundRecipient } from './found.ts'
import { alike, identifierFacts } from './found.ts'

export function readKeyTransport(der: Uint8Array): FoundRecipient {
  const { named, algorithm, encrypted } = DerReader.whole(der, 'KeyTransRecipientInfo', (reader) =>
    reader.sequence((fields) => {
      const version = fields.smallInteger(2)
      const by = readIdentifier(fields)
      if (version !== ('serial' in by ? 0 : 2)) fields.malformed()
      return { named: by, algorithm: fields.element(), encrypted: fields.octetString() }
    }),
  )
  const dotted = oidOf(algorithm)
  return {
    facts: Object.freeze({ kind: 'key-transport', algorithm: NAMES[dotted] ?? dotted, ...identifierFacts(named) }),
    by: 'private-key',
    named,
    async contentKey(key, length) {
      if (dotted === RSAES_OAEP) return alike(decryptOaep(key, readOaepIdentifier(algorithm), encrypted))
      if (dotted !== RSA_ENCRYPTION) return fail('algorithm_unsupported', { oid: dotted })
      checkNull(algorithm)
      return alike(decryptPkcs1v15(key, encrypted, length))
    },
  }
}

export async function writeKeyTransport(recipient: CertificateRecipient, contentKey: Uint8Array): Promise<Uint8Array> {
  const { certificate, keyTransport = 'OAEP' } = recipient
  const { spki } = certificate.publicKey
  const [algorithm, encrypted] =
    keyTransport === 'OAEP'
      ? [oaepIdentifier(OAEP), await encryptOaep(spki, OAEP, contentKey)]
      : [sequence(oid(RSA_ENCRYPTION), nullValue()), await encryptPkcs1v15(spki, contentKey)]
  return sequence(integer(0), writeIdentifier(certificate), algorithm, octetString(encrypted))
}

/** RFC 3370 §4.2.1: the parameters are NULL. OpenSSL CVE-2026-28390 relied on some that were not there. */
const checkNull = (algorithm: Uint8Array): void =>
  DerReader.whole(algorithm, 'KeyTransRecipientInfo', (reader) =>
    reader.sequence((fields) => {
      fields.oid()
      fields.null()
    }),
  )

const OAEP = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
const NAMES: Readonly<Record<string, string>> = { [RSAES_OAEP]: 'RSA-OAEP', [RSA_ENCRYPTION]: 'RSA PKCS #1 v1.5' }
