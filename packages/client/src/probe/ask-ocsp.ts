import { request } from 'node:http'
import { randomBytes } from '@scel/pki/crypto'
import { fail } from '@scel/pki/errors'
import { buildOcspRequest, type CertStatus, makeCertId, parseOcspResponse, verifyOcspResponse } from '@scel/pki/ocsp'
import { type Certificate, extension, formatName } from '@scel/pki/x509'
import { connectionFailure } from '../enrol/connection-failure.ts'

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
  const nonce = randomBytes(32) // what RFC 9654 §2.1 asks of clients
  const body = buildOcspRequest({ certIds: [await makeCertId(issuer, certificate.serial)], nonce })
  const answer = await post(new URL(address), body, signal)
  return verifyOcspResponse(parseOcspResponse(answer), { issuer, serial: certificate.serial, at, nonce })
}

function post(url: URL, body: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => reject(connectionFailure(error, url))
    const headers = { 'content-type': 'application/ocsp-request', 'content-length': body.length }
    const call = request(url, { method: 'POST', headers, signal, timeout: 15_000, agent: false }, (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        if (length > LARGEST) call.destroy(new Error('answer too long'))
      })
      response.on('error', failed)
      response.on('end', () => resolve(Buffer.concat(chunks)))
    })
    call.on('timeout', () => call.destroy(new Error('timeout')))
    call.on('error', failed)
    call.end(body)
  })
}

const LARGEST = 64 * 1024
