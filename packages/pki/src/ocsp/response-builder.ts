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
import type { Extension, Name, RevocationReason } from '../x509/index.ts'
import { reasonNumber } from '../x509/index.ts'
import type { CertId } from './cert-id.ts'
import { writeCertId } from './cert-id.ts'
import { allExtensions, writeTagged } from './extensions.ts'
import type { ResponderId } from './responder-id.ts'
import { writeResponderId } from './responder-id.ts'
import { statusElement } from './response-status.ts'

/** What is known about one certificate. `unknown` is also the answer for what was never issued. */
export type CertStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly revokedAt: Date; readonly reason?: RevocationReason }
  | { readonly status: 'unknown' }

/** The answer about one certificate. */
export type SingleResponse = CertStatus & {
  readonly certId: CertId
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** See `ocspExtension`. */
  readonly extensions?: readonly Extension[]
}

/** What an answer is made of, before it is signed. */
export interface TbsOcspResponseInput {
  /** Subject of the certificate that signs, or its key: see `responderByKey`. */
  readonly responder: Name | ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  /** The nonce of the request, given back as it came. */
  readonly nonce?: Uint8Array
  readonly extensions?: readonly Extension[]
}

/**
 * ResponseData (RFC 6960 §4.2.1), DER: the bytes to sign.
 * @throws ocsp_malformed on a nonce of a length that nobody may send; extension_duplicate, time_malformed
 * @example
 * const { certificate, key } = sample.issuing
 * const certId = await makeCertId(certificate, sample.server.certificate.serial)
 * const responses = [{ status: 'good', certId, thisUpdate: sample.at }] as const
 * const tbs = buildTbsOcspResponse({ responder: certificate.subject, producedAt: sample.at, responses })
 * assert.ok((await sign(key, tbs)).length > 0)
 */
export function buildTbsOcspResponse(input: TbsOcspResponseInput): Uint8Array {
  const { responder } = input
  return sequence(
    writeResponderId('der' in responder ? { name: responder } : responder),
    generalizedTime(input.producedAt),
    sequence(input.responses.map(writeSingle)),
    writeTagged(1, allExtensions(input)),
  )
}

/** An answer and its signature. */
export interface SignedOcspInput {
  readonly tbs: Uint8Array
  readonly row: SignatureAlgorithm
  readonly signature: Uint8Array
  /** The responder's certificate, DER, unless the authority itself signs. */
  readonly certificates: readonly Uint8Array[]
}

/**
 * OCSPResponse, DER, ready to be sent.
 * @example
 * const { certificate, key } = sample.issuing
 * const certId = await makeCertId(certificate, sample.server.certificate.serial)
 * const responses = [{ status: 'good', certId, thisUpdate: sample.at }] as const
 * const tbs = buildTbsOcspResponse({ responder: certificate.subject, producedAt: sample.at, responses })
 * const row = defaultSignature(key.spec)
 * const der = assembleOcspResponse({ tbs, row, signature: await sign(key, tbs, row), certificates: [] })
 * assert.equal(parseOcspResponse(der).basic?.responses[0]?.status, 'good')
 */
export function assembleOcspResponse({ tbs, row, signature, certificates }: SignedOcspInput): Uint8Array {
  const chain = certificates.length > 0 ? [explicit(0, sequence(certificates))] : []
  const basic = sequence(tbs, row.identifier, bitString(signature), chain)
  return sequence(statusElement('successful'), explicit(0, sequence(oid(BASIC_RESPONSE), octetString(basic))))
}

function writeSingle(single: SingleResponse): Uint8Array {
  return sequence(
    writeCertId(single.certId),
    writeStatus(single),
    generalizedTime(single.thisUpdate),
    single.nextUpdate ? [explicit(0, generalizedTime(single.nextUpdate))] : [],
    writeTagged(1, single.extensions),
  )
}

function writeStatus(status: CertStatus): Uint8Array {
  if (status.status === 'good') return implicit(0, new Uint8Array(0))
  if (status.status === 'unknown') return implicit(2, new Uint8Array(0))
  const { revokedAt, reason } = status
  const why = reason && reason !== 'unspecified' ? [explicit(0, enumerated(reasonNumber(reason)))] : []
  return implicitConstructed(1, generalizedTime(revokedAt), why)
}

export const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1'
