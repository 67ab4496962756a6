// CertID (RFC 6960 §4.1.1): the name and key of the issuer as hashes, and the serial number. A serial alone names
// nothing: two authorities may both have issued number 1.

import type { DigestName } from '../algorithms/index.ts'
import { digestByName, digestByOid, readPublicKey } from '../algorithms/index.ts'
import type { DerReader } from '../asn1/index.ts'
import { integer, octetString, sequence } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { digest } from '../crypto/index.ts'
import type { Name, PublicKeyInfo } from '../x509/index.ts'
import { serialHex } from '../x509/index.ts'

/** Which certificate is meant (RFC 6960 §4.1.1). */
export interface CertId {
  readonly hash: DigestName
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array
  readonly serialHex: string
}

/** What of an issuer a CertID is made from; a certificate is one. */
export interface OcspIssuer {
  readonly subject: Name
  readonly publicKey: Pick<PublicKeyInfo, 'spki'>
}

/** The part of a {@link CertId} that names the issuer. */
export type IssuerHashes = Pick<CertId, 'hash' | 'issuerNameHash' | 'issuerKeyHash'>

/**
 * The two hashes of an issuer, which a responder keeps for each of its authorities and each digest it knows.
 * @throws key_malformed
 * @example
 * const hashes = await issuerHashes(sample.issuing.certificate, 'SHA-256')
 * assert.equal(hashes.issuerKeyHash.length, 32)
 */
export async function issuerHashes(issuer: OcspIssuer, hash: DigestName): Promise<IssuerHashes> {
  const { keyBits } = readPublicKey(issuer.publicKey.spki)
  const [issuerNameHash, issuerKeyHash] = await Promise.all([digest(hash, issuer.subject.der), digest(hash, keyBits)])
  return Object.freeze({ hash, issuerNameHash, issuerKeyHash })
}

/**
 * Whether a CertID speaks of the issuer that these hashes belong to.
 * @example
 * const certId = await makeCertId(sample.issuing.certificate, sample.server.certificate.serial)
 * assert.equal(isIssuedBy(certId, await issuerHashes(sample.issuing.certificate, 'SHA-1')), true)
 */
export const isIssuedBy = (id: CertId, hashes: IssuerHashes): boolean =>
  id.hash === hashes.hash &&
  equal(id.issuerNameHash, hashes.issuerNameHash) &&
  equal(id.issuerKeyHash, hashes.issuerKeyHash)

/**
 * The CertID of a certificate, its serial number being content octets of the INTEGER. SHA-1 names things here and
 * protects nothing; every responder knows it (RFC 5019 §2.1.1).
 * @throws key_malformed
 * @example
 * const certId = await makeCertId(sample.issuing.certificate, sample.server.certificate.serial)
 * assert.equal(certId.serialHex, sample.server.certificate.serialHex)
 */
export async function makeCertId(issuer: OcspIssuer, serial: Uint8Array, hash: DigestName = 'SHA-1'): Promise<CertId> {
  return Object.freeze({ ...(await issuerHashes(issuer, hash)), serial, serialHex: serialHex(serial) })
}

/** @throws algorithm_unsupported for a digest that is not known here, der_malformed */
export function readCertId(reader: DerReader): CertId {
  return reader.sequence((fields) => {
    const row = fields.sequence((identifier) => {
      const found = digestByOid(identifier.oid())
      if (!identifier.done) identifier.null()
      return found
    })
    const issuerNameHash = fields.octetString()
    const issuerKeyHash = fields.octetString()
    if (issuerNameHash.length !== row.length || issuerKeyHash.length !== row.length) fields.malformed()
    const serial = fields.integerBytes()
    return Object.freeze({ hash: row.name, issuerNameHash, issuerKeyHash, serial, serialHex: serialHex(serial) })
  })
}

export const writeCertId = (id: CertId): Uint8Array =>
  sequence(
    digestByName(id.hash).identifier,
    octetString(id.issuerNameHash),
    octetString(id.issuerKeyHash),
    integer(id.serial),
  )
