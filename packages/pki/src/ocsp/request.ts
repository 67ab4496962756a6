// OCSP requests (RFC 6960 §4.1).

import type { SignatureAlgorithm } from '../algorithms/index.ts'
import { bitString, contextConstructed, DerReader, explicit, sequence } from '../asn1/index.ts'
import type { Key } from '../crypto/index.ts'
import { sign, usualSignature } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension, GeneralName, Signed } from '../x509/index.ts'
import { readGeneralName, readSigned, verifySigned, writeGeneralName } from '../x509/index.ts'
import type { CertId } from './cert-id.ts'
import { readCertId, writeCertId } from './cert-id.ts'
import { allExtensions, readTagged, withNonce, writeTagged } from './extensions.ts'

/** What is asked (RFC 6960 §4.1.1). */
export interface OcspRequest {
  /** In the order asked; the answer keeps it. */
  readonly certIds: readonly CertId[]
  readonly nonce?: Uint8Array
  /** Extensions other than the nonce; see `ocspExtension`. */
  readonly extensions?: readonly Extension[]
  /** Extensions of each question, in the order of `certIds`; absent when there are none at all. */
  readonly singleExtensions?: readonly (readonly Extension[])[]
  /** Who asks. */
  readonly requestor?: GeneralName
}

/** A request as it was received. */
export interface ReceivedOcspRequest extends OcspRequest {
  /** The signature of the one who asks, when there is one: see {@link verifyOcspRequest}. */
  readonly signed?: SignedOcspRequest
}

/** The signature of a request (RFC 6960 §4.1.2). */
export interface SignedOcspRequest extends Signed {
  /** Certificates sent along, DER each, not read yet. */
  readonly certificates: readonly Uint8Array[]
}

/**
 * Reads a request.
 * @throws ocsp_malformed, der_malformed, algorithm_unsupported, extension_duplicate, name_malformed, input_too_large
 * @example
 * const certId = await makeCertId(sample.issuing.certificate, sample.server.certificate.serial)
 * const request = parseOcspRequest(buildOcspRequest({ certIds: [certId] }))
 * assert.equal(request.certIds[0]?.serialHex, sample.server.certificate.serialHex)
 */
export function parseOcspRequest(der: Uint8Array): ReceivedOcspRequest {
  return DerReader.whole(
    der,
    'OCSPRequest',
    (reader) =>
      reader.sequence((outer) => {
        const tbs = outer.element()
        const request = DerReader.whole(tbs, 'TBSRequest', (inner) => inner.sequence(readTbs))
        const signed = outer.optional(contextConstructed(0), (last) =>
          last.explicit(0, (inner) => readSignature(inner.element(), tbs, der)),
        )
        return Object.freeze({ ...request, ...(signed ? { signed } : {}) })
      }),
    { maxBytes: MAX_BYTES },
  )
}

/**
 * A request, DER, unsigned as nearly all are.
 * @throws ocsp_malformed on a nonce of a length that responders refuse; extension_duplicate
 * @example
 * const certId = await makeCertId(sample.issuing.certificate, sample.server.certificate.serial, 'SHA-256')
 * const der = buildOcspRequest({ certIds: [certId], nonce: randomBytes(32) })
 * assert.equal(parseOcspRequest(der).nonce?.length, 32)
 */
export const buildOcspRequest = (request: OcspRequest): Uint8Array => sequence(writeTbs(request))

/** Who signs a request. */
export interface RequestSigner {
  readonly key: Key
  /** @default the usual one of the key's kind */
  readonly signature?: SignatureAlgorithm
  /** The signer's certificate and those above it, DER each. */
  readonly certificates?: readonly Uint8Array[]
}

/**
 * A signed request, DER, for responders that answer only those they know (RFC 6960 §4.1.2).
 * @throws ocsp_malformed without `requestor`, which then is required; key_mismatch, key_incapable, and what the key's keeper throws;
 *   extension_duplicate
 * @example
 * const { certificate, key } = sample.person
 * const certIds = [await makeCertId(sample.issuing.certificate, certificate.serial)]
 * const requestor = { kind: 'directoryName', name: certificate.subject } as const
 * const request = parseOcspRequest(await buildSignedOcspRequest({ certIds, requestor }, { key }))
 * assert.equal(await verifyOcspRequest(request, certificate.publicKey.spki), true)
 */
export async function buildSignedOcspRequest(request: OcspRequest, signer: RequestSigner): Promise<Uint8Array> {
  const { key, signature = usualSignature(key), certificates = [] } = signer
  if (!request.requestor) malformed('requestor')
  const tbs = writeTbs(request)
  const chain = certificates.length > 0 ? [explicit(0, sequence(certificates))] : []
  const bits = bitString(await sign(key, tbs, signature))
  return sequence(tbs, explicit(0, sequence(signature.identifier, bits, chain)))
}

/**
 * Whether the holder of a key signed the request. Who that is, and whether they may ask, is the caller's to say.
 * @throws ocsp_malformed when it is not signed; algorithm_unsupported, key_mismatch, key_malformed
 * @example
 * const certId = await makeCertId(sample.issuing.certificate, sample.server.certificate.serial)
 * const request = parseOcspRequest(buildOcspRequest({ certIds: [certId] }))
 * await assert.rejects(verifyOcspRequest(request, sample.person.certificate.publicKey.spki))
 */
export const verifyOcspRequest = async ({ signed }: ReceivedOcspRequest, spki: Uint8Array): Promise<boolean> =>
  verifySigned(signed ?? malformed('no signature'), spki)

function writeTbs(request: OcspRequest): Uint8Array {
  const { certIds, singleExtensions = [], requestor } = request
  return sequence(
    requestor ? [explicit(1, writeGeneralName(requestor))] : [],
    sequence(certIds.map((id, index) => sequence(writeCertId(id), writeTagged(0, singleExtensions[index])))),
    writeTagged(2, allExtensions(request)),
  )
}

function readTbs(fields: DerReader): OcspRequest {
  // v1 is the DEFAULT and there is no other; OpenSSL 1.0 wrote it out, which DER forbids.
  if (fields.tag === contextConstructed(0)) malformed('version')
  const requestor = fields.optional(contextConstructed(1), (outer) => outer.explicit(1, readGeneralName))
  const singles = fields.sequenceOf((item) =>
    item.sequence((single) => ({ id: readCertId(single), extensions: readTagged(single, 0) })),
  )
  if (singles.length === 0) malformed('no certificate asked for')
  if (singles.length > MOST_REQUESTS) fail('input_too_large', { what: 'OCSPRequest', limit: MOST_REQUESTS })
  const extended = singles.some(({ extensions }) => extensions.length > 0)
  return {
    certIds: Object.freeze(singles.map(({ id }) => id)),
    ...withNonce(readTagged(fields, 2)),
    ...(extended ? { singleExtensions: Object.freeze(singles.map(({ extensions }) => extensions)) } : {}),
    ...(requestor ? { requestor } : {}),
  }
}

/** Signature: algorithm, bits, certificates. What is signed stands before it and is joined here to be one SIGNED{…}. */
function readSignature(signature: Uint8Array, tbs: Uint8Array, der: Uint8Array): SignedOcspRequest {
  return DerReader.whole(signature, 'OCSP Signature', (reader) =>
    reader.sequence((fields) => {
      const parts = [tbs, fields.element(), fields.element()]
      const signed = DerReader.whole(sequence(parts), 'OCSPRequest', (whole) =>
        whole.sequence((inner) => readSigned(inner, der)),
      )
      const certificates = fields.optional(contextConstructed(0), (outer) =>
        outer.explicit(0, (inner) => inner.sequenceOf((item) => item.element())),
      )
      return Object.freeze({ ...signed, signedBytes: tbs, certificates: Object.freeze(certificates ?? []) })
    }),
  )
}

const malformed = (what: string): never => fail('ocsp_malformed', { what })
// A hundred certificates fit; browsers and servers ask for one.
const MAX_BYTES = 16 * 1024
const MOST_REQUESTS = 100
