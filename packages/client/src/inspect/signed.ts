import type { ByteSource } from '@scel/pki/asn1'
import { toHex } from '@scel/pki/bytes'
import { describeSigned, type SignedFacts, type SignerFacts } from '@scel/pki/cms'
import { formatName } from '@scel/pki/x509'

/** A signature of a file, as it says itself. Whether it holds is for `scel verify-signature` to say. */
export interface SignatureLine {
  /** Subject of the certificate, where the file carries it. */
  readonly signer?: string
  readonly issuer?: string
  readonly serial?: string
  readonly keyIdentifier?: string
  readonly digest: string
  readonly algorithm: string
  /** What the signer says of the moment; no proof. */
  readonly signingTime?: string
  /** How many are attached. */
  readonly timeStamps: number
}

export interface SignedFileFacts {
  /** OID of the content. */
  readonly contentType: string
  /** Whether the content is elsewhere. */
  readonly detached: boolean
  /** Of the content that is inside, in bytes. */
  readonly length?: number
  readonly signatures: readonly SignatureLine[]
}

/**
 * Reads to the end, where the signatures stand, and keeps nothing of the content.
 * @throws what `describeSigned` throws
 */
export async function signedFacts(source: ByteSource): Promise<{
  readonly file: SignedFileFacts
  readonly carried: Pick<SignedFacts, 'certificates' | 'crls'>
}> {
  const { contentType, detached, length, certificates, crls, signers } = await describeSigned(source)
  const signatures = signers.map(signatureLine)
  return {
    file: { contentType, detached, ...(detached ? {} : { length }), signatures },
    carried: { certificates, crls },
  }
}

function signatureLine(facts: SignerFacts): SignatureLine {
  const { certificate, issuer, serialHex, keyIdentifier, digest, algorithm, signingTime, timeStamps } = facts
  return {
    ...(certificate ? { signer: formatName(certificate.subject, 'rfc4514') || certificate.serialHex } : {}),
    ...(issuer ? { issuer: formatName(issuer, 'rfc4514') } : {}),
    ...(serialHex === undefined ? {} : { serial: serialHex }),
    ...(keyIdentifier ? { keyIdentifier: toHex(keyIdentifier) } : {}),
    digest,
    algorithm,
    ...(signingTime ? { signingTime: signingTime.toISOString() } : {}),
    timeStamps,
  }
}
