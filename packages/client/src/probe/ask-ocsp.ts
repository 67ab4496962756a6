import { randomBytes } from '@scel/pki/crypto'
import { fail } from '@scel/pki/errors'
import {
  buildOcspRequest,
  type CertStatus,
  makeCertId,
  type OcspResponse,
  parseOcspResponse,
  verifyOcspResponse,
} from '@scel/pki/ocsp'
import type { TrustAnchor } from '@scel/pki/path'
import { type Certificate, extension, formatName } from '@scel/pki/x509'
import { answerOf, type HttpCall } from '../enrol/http-call.ts'

/**
 * Asks the responder that a certificate names whether it is revoked (RFC 6960, POST, with a nonce).
 * @throws revocation_unknown when it names none, the errors of `verifyOcspResponse`, failures of the connection
 */
export async function askOcsp(
  certificate: Certificate,
  issuer: Certificate,
  at: Date,
  signal: AbortSignal,
): Promise<CertStatus> {
  const places = extension(certificate, 'authorityInfoAccess') ?? []
  const address = places.flatMap(({ method, location }) =>
    method === 'ocsp' && location.kind === 'uri' && location.value.startsWith('http:') ? [location.value] : [],
  )[0]
  if (!address) {
    return fail('revocation_unknown', {
      subject: formatName(certificate.subject, 'rfc4514'),
      serial: certificate.serialHex,
    })
  }
  const call = { url: new URL(address), roots: [], seconds: 15, signal }
  const { response, nonce } = await postOcsp({ ...call, certificate, issuer })
  return verifyOcspResponse(response, { issuer, serial: certificate.serial, at, nonce })
}

export interface OcspQuestion extends Omit<HttpCall, 'body' | 'largest'> {
  readonly certificate: Certificate
  readonly issuer: TrustAnchor
}

/** What a responder says to a question with a nonce, not judged yet. @throws failures of the connection, ocsp_malformed */
export async function postOcsp({
  certificate,
  issuer,
  ...call
}: OcspQuestion): Promise<{ readonly response: OcspResponse; readonly nonce: Uint8Array }> {
  const nonce = randomBytes(32) // what RFC 9654 §2.1 asks of clients
  const bytes = buildOcspRequest({ certIds: [await makeCertId(issuer, certificate.serial)], nonce })
  const body = { type: 'application/ocsp-request', bytes }
  return { response: parseOcspResponse(await answerOf({ ...call, body, largest: LARGEST })), nonce }
}

const LARGEST = 64 * 1024
