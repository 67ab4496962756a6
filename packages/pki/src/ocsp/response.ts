// Reads OCSP responses (RFC 6960 §4.2). What they are worth is for verify.ts to say.

import { contextConstructed, contextPrimitive, DerReader } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension, Signed } from '../x509/index.ts'
import { readSigned, reasonOf } from '../x509/index.ts'
import { readCertId } from './cert-id.ts'
import { readTagged, withNonce } from './extensions.ts'
import type { ResponderId } from './responder-id.ts'
import { readResponderId } from './responder-id.ts'
import type { CertStatus, SingleResponse } from './response-builder.ts'
import { BASIC_RESPONSE } from './response-builder.ts'
import type { OcspResponseStatus } from './response-status.ts'
import { statusOf } from './response-status.ts'

/** The answer inside a response (RFC 6960 §4.2.1). */
export interface BasicOcspResponse extends Signed {
  readonly responderId: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  readonly nonce?: Uint8Array
  /** Extensions other than the nonce; see `ocspExtension`. */
  readonly extensions?: readonly Extension[]
  /** Certificates sent along, DER each, not read yet. */
  readonly certificates: readonly Uint8Array[]
}

/** A response as it was received: an answer, or why there is none. */
export interface OcspResponse {
  readonly status: OcspResponseStatus
  /** Present when the status is `successful`. */
  readonly basic?: BasicOcspResponse
}

/**
 * Reads a response.
 * @throws ocsp_malformed, der_malformed, algorithm_unsupported, name_malformed, extension_duplicate, input_too_large
 * @example
 * assert.equal(parseOcspResponse(ocspError('tryLater')).status, 'tryLater')
 */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  return DerReader.whole(
    der,
    'OCSPResponse',
    (reader) =>
      reader.sequence((fields) => {
        const status = statusOf(fields.enumerated()) ?? malformed('status')
        if (status !== 'successful') return Object.freeze({ status })
        return Object.freeze({ status, basic: readBasic(fields.explicit(0, (inner) => inner.sequence(readBytes))) })
      }),
    { maxBytes: MAX_BYTES },
  )
}

function readBytes(fields: DerReader): Uint8Array {
  if (fields.oid() !== BASIC_RESPONSE) malformed('response type')
  return fields.octetString()
}

function readBasic(der: Uint8Array): BasicOcspResponse {
  return DerReader.whole(der, 'BasicOCSPResponse', (reader) =>
    reader.sequence((fields) => {
      const signed = readSigned(fields, der)
      const certificates = fields.optional(contextConstructed(0), (outer) =>
        outer.explicit(0, (inner) => inner.sequenceOf((item) => item.element())),
      )
      if (certificates && certificates.length > MOST_CERTIFICATES) {
        fail('input_too_large', { what: 'OCSP certificates', limit: MOST_CERTIFICATES })
      }
      return Object.freeze({
        ...signed,
        ...readData(signed.signedBytes),
        certificates: Object.freeze(certificates ?? []),
      })
    }),
  )
}

function readData(tbs: Uint8Array): Omit<BasicOcspResponse, keyof Signed | 'certificates'> {
  return DerReader.whole(tbs, 'ResponseData', (reader) =>
    reader.sequence((fields) => {
      if (fields.tag === contextConstructed(0)) malformed('version') // v1 is the DEFAULT and the only one
      const responderId = readResponderId(fields)
      const producedAt = fields.generalizedTime()
      const responses = fields.sequenceOf((item) => item.sequence(readSingle))
      if (responses.length > MOST_RESPONSES) fail('input_too_large', { what: 'OCSP responses', limit: MOST_RESPONSES })
      return { responderId, producedAt, responses: Object.freeze(responses), ...withNonce(readTagged(fields, 1)) }
    }),
  )
}

function readSingle(fields: DerReader): SingleResponse {
  const certId = readCertId(fields)
  const status = readStatus(fields)
  const thisUpdate = fields.generalizedTime()
  const nextUpdate = fields.optional(contextConstructed(0), (outer) =>
    outer.explicit(0, (inner) => inner.generalizedTime()),
  )
  const extensions = readTagged(fields, 1)
  return Object.freeze({
    ...{ ...status, certId, thisUpdate },
    ...(nextUpdate ? { nextUpdate } : {}),
    ...(extensions.length > 0 ? { extensions } : {}),
  })
}

function readStatus(fields: DerReader): CertStatus {
  const tag = fields.tag
  if (tag === contextPrimitive(0) || tag === contextPrimitive(2)) {
    if (fields.content(tag).length !== 0) fields.malformed()
    return { status: tag === contextPrimitive(0) ? 'good' : 'unknown' }
  }
  return fields.constructed(contextConstructed(1), (info) => {
    const revokedAt = info.generalizedTime()
    const number = info.optional(contextConstructed(0), (outer) => outer.explicit(0, (inner) => inner.enumerated()))
    if (number === undefined) return { status: 'revoked', revokedAt }
    return { status: 'revoked', revokedAt, reason: reasonOf(number) ?? malformed('reason') }
  })
}

const malformed = (what: string): never => fail('ocsp_malformed', { what })
const MAX_BYTES = 256 * 1024
const MOST_CERTIFICATES = 10
const MOST_RESPONSES = 100
