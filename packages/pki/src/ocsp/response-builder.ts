// Writes OCSP responses: the signed part first, then the whole around a signature made elsewhere.

import type { SignatureAlgorithm } from '../algorithms/index.ts'
import {
  bitString,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  implicitConstructed,
  octetString,
  oid,
  sequence,
} from '../asn1/index.ts'
import type { Name, RevocationReason } from '../x509/index.ts'
import { reasonNumber, writeExtensions } from '../x509/index.ts'
import type { CertId } from './cert-id.ts'
import { writeCertId } from './cert-id.ts'
import { nonceExtension } from './nonce.ts'
import { statusElement } from './response-status.ts'

/** What is known about one certificate. `unknown` is also the answer for what was never issued. */
export type CertStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly revokedAt: Date; readonly reason?: RevocationReason }
  | { readonly status: 'unknown' }

export type SingleResponse = CertStatus & {
  readonly certId: CertId
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
}

export interface TbsOcspResponseInput {
  /** Subject of the certificate that signs. */
  readonly responder: Name
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  /** The nonce of the request, given back as it came. */
  readonly nonce?: Uint8Array
}

/** ResponseData (RFC 6960 §4.2.1), DER: the bytes to sign. */
export function buildTbsOcspResponse(input: TbsOcspResponseInput): Uint8Array {
  return sequence(
    explicit(1, input.responder.der),
    generalizedTime(input.producedAt),
    sequence(...input.responses.map(writeSingle)),
    ...(input.nonce ? [explicit(1, writeExtensions([nonceExtension(input.nonce)]))] : []),
  )
}

export interface SignedOcspInput {
  readonly tbs: Uint8Array
  readonly row: SignatureAlgorithm
  readonly signature: Uint8Array
  /** The responder's certificate, DER, unless the authority itself signs. */
  readonly certificates: readonly Uint8Array[]
}

/** OCSPResponse, DER, ready to be sent. */
export function assembleOcspResponse({ tbs, row, signature, certificates }: SignedOcspInput): Uint8Array {
  const chain = certificates.length > 0 ? [explicit(0, sequence(...certificates))] : []
  const basic = sequence(tbs, row.identifier, bitString(signature), ...chain)
  return sequence(statusElement('successful'), explicit(0, sequence(oid(BASIC_RESPONSE), octetString(basic))))
}

function writeSingle(single: SingleResponse): Uint8Array {
  return sequence(
    writeCertId(single.certId),
    writeStatus(single),
    generalizedTime(single.thisUpdate),
    ...(single.nextUpdate ? [explicit(0, generalizedTime(single.nextUpdate))] : []),
  )
}

function writeStatus(status: CertStatus): Uint8Array {
  if (status.status === 'good') return implicit(0, new Uint8Array(0))
  if (status.status === 'unknown') return implicit(2, new Uint8Array(0))
  const { revokedAt, reason } = status
  const why = reason && reason !== 'unspecified' ? [explicit(0, enumerated(reasonNumber(reason)))] : []
  return implicitConstructed(1, generalizedTime(revokedAt), ...why)
}

export const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1'
