// Which certificate signed, inside what is signed: SigningCertificateV2 (RFC 5035 §3) and its elder with SHA-1 (RFC 2634
// §5.4). Without it, another certificate for the same key could take the place of the signer's.

import type { DigestName } from '../../algorithms/index.ts'
import { digestByOid } from '../../algorithms/index.ts'
import { DerReader, integer, octetString, sequence, TAG } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { digest } from '../../crypto/index.ts'
import type { Attribute, Certificate, GeneralName } from '../../x509/index.ts'
import { readGeneralNames, writeGeneralName } from '../../x509/index.ts'
import { rowOf } from '../algorithm-identifier.ts'
import { attribute } from './attribute.ts'
import { SIGNING_CERTIFICATE_V2 } from './oids.ts'

/** With SHA-256, the default of the standard, and with issuer and serial, which some profiles ask for. */
export async function signingCertificateAttribute(certificate: Certificate): Promise<Attribute> {
  const issuer = writeGeneralName({ kind: 'directoryName', name: certificate.issuer })
  const issuerSerial = sequence(sequence(issuer), integer(certificate.serial))
  const id = sequence(octetString(await digest('SHA-256', certificate.der)), issuerSerial)
  return attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(id)))
}

/** Whether the first certificate that the attribute names is this one; the others are about its chain (RFC 5035 §3). */
export async function namesCertificate(value: Uint8Array, version: 1 | 2, certificate: Certificate): Promise<boolean> {
  const id = DerReader.whole(value, 'SigningCertificate', (reader) =>
    reader.sequence((fields) => {
      const ids = fields.sequenceOf((one) => readId(one, version))
      fields.optional(TAG.sequence, (policies) => policies.element())
      return ids[0] ?? fields.malformed()
    }),
  )
  if (!equal(await digest(id.digest, certificate.der), id.hash)) return false
  if (!id.issuerSerial) return true
  const { issuer, serial } = id.issuerSerial
  const named = issuer.length === 1 ? issuer[0] : undefined
  return (
    equal(serial, certificate.serial) &&
    named?.kind === 'directoryName' &&
    equal(named.name.der, certificate.issuer.der)
  )
}

interface CertificateId {
  readonly digest: DigestName
  readonly hash: Uint8Array
  readonly issuerSerial?: { readonly issuer: readonly GeneralName[]; readonly serial: Uint8Array }
}

const readId = (reader: DerReader, version: 1 | 2): CertificateId =>
  reader.sequence((fields) => {
    // The default written out is not DER, but programs do it.
    const named = version === 2 ? fields.optional(TAG.sequence, readDigest) : undefined
    const hash = fields.octetString()
    const issuerSerial = fields.optional(TAG.sequence, (inner) =>
      inner.sequence((both) => ({ issuer: readGeneralNames(both), serial: both.integerBytes() })),
    )
    return {
      digest: named ?? (version === 1 ? 'SHA-1' : 'SHA-256'),
      hash,
      ...(issuerSerial ? { issuerSerial } : {}),
    }
  })

const readDigest = (reader: DerReader): DigestName => reader.sequence((fields) => rowOf(fields, digestByOid).name)
