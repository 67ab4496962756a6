// OCSP requests (RFC 6960 §4.1).

import { contextConstructed, DerReader, explicit, sequence } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from '../x509/index.ts'
import { readExtensions, writeExtensions } from '../x509/index.ts'
import type { CertId } from './cert-id.ts'
import { readCertId, writeCertId } from './cert-id.ts'
import { nonceExtension, readNonce, refuseCritical } from './nonce.ts'

export interface OcspRequest {
  /** In the order asked; the answer keeps it. */
  readonly certIds: readonly CertId[]
  readonly nonce?: Uint8Array
}

/**
 * Reads a request. A signature on it is read over: this library answers everyone alike.
 * @throws ocsp_malformed, der_malformed, algorithm_unsupported, input_too_large
 */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  return DerReader.whole(
    der,
    'OCSPRequest',
    (reader) =>
      reader.sequence((outer) => {
        const request = outer.sequence(readTbs)
        outer.optional(contextConstructed(0), (signature) => signature.element())
        return Object.freeze(request)
      }),
    { maxBytes: MAX_BYTES },
  )
}

/** A request, DER. @throws ocsp_malformed on a nonce of a length that responders refuse */
export function buildOcspRequest({ certIds, nonce }: OcspRequest): Uint8Array {
  if (nonce && (nonce.length < 1 || nonce.length > 128)) fail('ocsp_malformed', { what: 'nonce' })
  const list = sequence(...certIds.map((id) => sequence(writeCertId(id))))
  return sequence(sequence(list, ...(nonce ? [explicit(2, writeExtensions([nonceExtension(nonce)]))] : [])))
}

function readTbs(fields: DerReader): OcspRequest {
  // v1 is the DEFAULT and there is no other; OpenSSL 1.0 wrote it out, which DER forbids.
  if (fields.tag === contextConstructed(0)) fail('ocsp_malformed', { what: 'version' })
  fields.optional(contextConstructed(1), (requestor) => requestor.element())
  const certIds = fields.sequenceOf((item) => item.sequence(readSingle))
  if (certIds.length === 0) fail('ocsp_malformed', { what: 'no certificate asked for' })
  if (certIds.length > MOST_REQUESTS) fail('input_too_large', { what: 'OCSPRequest', limit: MOST_REQUESTS })
  const extensions = readTagged(fields, 2)
  refuseCritical(extensions)
  const nonce = readNonce(extensions)
  return { certIds: Object.freeze(certIds), ...(nonce ? { nonce } : {}) }
}

function readSingle(fields: DerReader): CertId {
  const id = readCertId(fields)
  refuseCritical(readTagged(fields, 0))
  return id
}

const readTagged = (fields: DerReader, number: number): readonly Extension[] =>
  fields.optional(contextConstructed(number), (outer) => outer.explicit(number, readExtensions)) ?? []

// A hundred certificates fit; browsers and servers ask for one.
const MAX_BYTES = 16 * 1024
const MOST_REQUESTS = 100
