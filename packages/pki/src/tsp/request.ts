// Time-stamp requests (RFC 3161 §2.4.1).

import { boolean, DerReader, integer, oid, sequence, TAG } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from '../x509/index.ts'
import type { MessageImprint } from './message-imprint.ts'
import { readImprint, writeImprint } from './message-imprint.ts'
import { readTaggedExtensions, writeTaggedExtensions } from './tagged-extensions.ts'

/** What is to be stamped, and how (RFC 3161 §2.4.1). */
export interface TimeStampRequest {
  readonly imprint: MessageImprint
  /** The policy asked for; undefined for the service's own. */
  readonly policy?: string
  /** A number that the answer repeats, drawn by the caller: 64 random bits or more. */
  readonly nonce?: bigint
  /** Whether the service's certificate is to come with the answer. */
  readonly wantsCertificate: boolean
  readonly extensions: readonly Extension[]
}

/** What a request is made of; no certificate and no extensions unless asked for. */
export type TimeStampRequestInput = Omit<TimeStampRequest, 'wantsCertificate' | 'extensions'> &
  Partial<Pick<TimeStampRequest, 'wantsCertificate' | 'extensions'>>

/**
 * A request, DER; `application/timestamp-query` over HTTP (§3.4).
 * @throws time_stamp_malformed, oid_malformed, extension_duplicate
 * @example
 * const imprint = await imprintOf(sample.crl)
 * const request = parseTimeStampRequest(buildTimeStampRequest({ imprint, nonce: 7n, wantsCertificate: true }))
 * assert.deepEqual([request.nonce, request.wantsCertificate], [7n, true])
 */
export function buildTimeStampRequest(request: TimeStampRequestInput): Uint8Array {
  const { imprint, policy, nonce, wantsCertificate = false, extensions = [] } = request
  return sequence(
    integer(1),
    writeImprint(imprint),
    policy === undefined ? [] : [oid(policy)],
    nonce === undefined ? [] : [integer(nonce)],
    wantsCertificate ? [boolean(true)] : [],
    writeTaggedExtensions(extensions, 0),
  )
}

/**
 * Reads a request.
 * @throws time_stamp_malformed, der_malformed, algorithm_unsupported for a digest that is not known here,
 *   extension_duplicate, input_too_large
 * @example
 * const der = buildTimeStampRequest({ imprint: await imprintOf(sample.crl, 'SHA-512') })
 * assert.equal(parseTimeStampRequest(der).imprint.digest, 'SHA-512')
 */
export function parseTimeStampRequest(der: Uint8Array): TimeStampRequest {
  return DerReader.whole(
    der,
    'TimeStampReq',
    (reader) =>
      reader.sequence((fields) => {
        if (fields.smallInteger() !== 1) fail('time_stamp_malformed', { what: 'version' })
        const imprint = readImprint(fields)
        const policy = fields.optional(TAG.oid, (inner) => inner.oid())
        const nonce = fields.optional(TAG.integer, (inner) => inner.integer())
        const wantsCertificate = fields.optional(TAG.boolean, (inner) => inner.boolean())
        if (wantsCertificate === false) fields.malformed() // DEFAULT FALSE is left out in DER: X.690 §11.5
        const extensions = readTaggedExtensions(fields, 0)
        return Object.freeze({
          imprint,
          ...(policy === undefined ? {} : { policy }),
          ...(nonce === undefined ? {} : { nonce }),
          wantsCertificate: wantsCertificate ?? false,
          extensions,
        })
      }),
    { maxBytes: MAX_BYTES },
  )
}

// A digest and a few numbers.
const MAX_BYTES = 16 * 1024
