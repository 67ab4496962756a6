// What an OCSP response proves about one certificate (RFC 6960 §3.2). It must speak of the certificate that was
// asked for (Bouncy Castle CVE-2026-58062), come from its issuer or a delegate of its issuer, and be recent.

import { readPublicKey } from '../algorithms/index.ts'
import { equal } from '../bytes/index.ts'
import { digest } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { extension, parseCertificate, sameName, verifyIssuedBy, verifySigned } from '../x509/index.ts'
import { isIssuedBy, issuerHashes } from './cert-id.ts'
import type { BasicOcspResponse, OcspResponse } from './response.ts'
import type { CertStatus, SingleResponse } from './response-builder.ts'

export interface VerifyOcspOptions {
  /** Issuer of the certificate in question. */
  readonly issuer: Certificate
  /** Serial number of the certificate in question, content octets of the INTEGER. */
  readonly serial: Uint8Array
  /** The moment to judge at. */
  readonly at: Date
  /** When given, the response must carry the same. */
  readonly nonce?: Uint8Array
}

/**
 * The status of the certificate. `unknown` is not good.
 * @throws ocsp_refused when the responder gave no answer; ocsp_malformed when it speaks of something else or has
 *   another nonce; ocsp_outdated; signature_invalid; issuer_unknown and usage_not_allowed for a responder that the
 *   issuer did not appoint
 */
export async function verifyOcspResponse(response: OcspResponse, options: VerifyOcspOptions): Promise<CertStatus> {
  const { basic } = response
  if (!basic) return fail('ocsp_refused', { status: response.status })
  const { nonce, at } = options
  if (nonce && !(basic.nonce && equal(nonce, basic.nonce))) fail('ocsp_malformed', { what: 'nonce' })
  const single = (await findSingle(basic, options)) ?? fail('ocsp_malformed', { what: 'another certificate' })
  const signer = await findSigner(basic, options)
  if (!(await verifySigned(basic, signer.publicKey.spki))) fail('signature_invalid', { what: 'OCSP response' })
  checkRecent(single, at)
  return statusOf(single)
}

async function findSingle(basic: BasicOcspResponse, options: VerifyOcspOptions): Promise<SingleResponse | undefined> {
  for (const single of basic.responses) {
    if (!equal(single.certId.serial, options.serial)) continue
    if (isIssuedBy(single.certId, await issuerHashes(options.issuer, single.certId.hash))) return single
  }
  return undefined
}

/** The issuer itself, or one that it appointed: issued directly by it and marked for OCSP (RFC 6960 §4.2.2.2). */
async function findSigner(basic: BasicOcspResponse, { issuer, at }: VerifyOcspOptions): Promise<Certificate> {
  if (await isResponder(basic, issuer)) return issuer
  for (const der of basic.certificates) {
    const delegate = parseCertificate(der)
    if (!(await isResponder(basic, delegate))) continue
    await checkDelegate(delegate, issuer, at)
    return delegate
  }
  return fail('issuer_unknown', { subject: 'OCSP responder', issuer: 'not sent' })
}

async function checkDelegate(delegate: Certificate, issuer: Certificate, at: Date): Promise<void> {
  if (!(await verifyIssuedBy(delegate, issuer))) fail('signature_invalid', { what: 'OCSP responder certificate' })
  const subject = 'OCSP responder'
  if (at < delegate.notBefore) {
    fail('certificate_not_yet_valid', { subject, notBefore: delegate.notBefore.toISOString(), at: at.toISOString() })
  }
  if (at > delegate.notAfter) {
    fail('certificate_expired', { subject, notAfter: delegate.notAfter.toISOString(), at: at.toISOString() })
  }
  // The purpose must be named: anyExtendedKeyUsage does not appoint a responder.
  if (!extension(delegate, 'extendedKeyUsage')?.includes('ocspSigning')) {
    fail('usage_not_allowed', { subject, purpose: 'ocspSigning' })
  }
  const usages = extension(delegate, 'keyUsage')
  if (usages && !usages.includes('digitalSignature')) fail('key_usage_missing', { subject, usage: 'digitalSignature' })
}

async function isResponder({ responderId }: BasicOcspResponse, certificate: Certificate): Promise<boolean> {
  if ('name' in responderId) return sameName(responderId.name, certificate.subject)
  const { keyBits } = readPublicKey(certificate.publicKey.spki)
  return equal(responderId.keyHash, await digest('SHA-1', keyBits))
}

function checkRecent({ thisUpdate, nextUpdate }: SingleResponse, at: Date): void {
  // Without nextUpdate newer information is always to be had (§4.2.2.1), so an old answer is a replayed one.
  const until = nextUpdate ? nextUpdate.getTime() : thisUpdate.getTime() + LONGEST_WITHOUT_END
  if (thisUpdate.getTime() > at.getTime() + SKEW || until < at.getTime() - SKEW) {
    fail('ocsp_outdated', { thisUpdate: thisUpdate.toISOString(), at: at.toISOString() })
  }
}

function statusOf(single: SingleResponse): CertStatus {
  if (single.status !== 'revoked') return { status: single.status }
  const { revokedAt, reason } = single
  return { status: 'revoked', revokedAt, ...(reason ? { reason } : {}) }
}

// Clocks of two machines: the five minutes that OpenSSL grants.
const SKEW = 5 * 60_000
const LONGEST_WITHOUT_END = 24 * 60 * 60_000
