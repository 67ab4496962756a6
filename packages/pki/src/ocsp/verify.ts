// What an OCSP response proves about one certificate (RFC 6960 §3.2). It must speak of the certificate that was
// asked for (Bouncy Castle CVE-2026-58062), come from its issuer or a delegate of its issuer, and be recent.

import { equal } from '../bytes/index.ts'
import { fail, hasCode } from '../errors/index.ts'
import type { Certificate, ExtensionName } from '../x509/index.ts'
import { extension, extensionName, parseCertificate, sameName, verifySigned } from '../x509/index.ts'
import type { OcspIssuer } from './cert-id.ts'
import { isIssuedBy, issuerHashes } from './cert-id.ts'
import { isResponder } from './responder-id.ts'
import type { BasicOcspResponse, OcspResponse } from './response.ts'
import type { CertStatus, SingleResponse } from './response-builder.ts'

/** What a response is held against. */
export interface VerifyOcspOptions {
  /** Issuer of the certificate in question. */
  readonly issuer: OcspIssuer
  /** Serial number of the certificate in question, content octets of the INTEGER. */
  readonly serial: Uint8Array
  /** The moment to judge at. */
  readonly at: Date
  /** When given, the response must carry the same. */
  readonly nonce?: Uint8Array
  /** How far two clocks may differ, in milliseconds. @default 5 minutes */
  readonly skew?: number
  /** How long an answer counts that names no end, in milliseconds. @default 24 hours */
  readonly longestWithoutEnd?: number
  /**
   * Called with the certificate of a delegated responder that does not say `ocspNoCheck`: whether it was revoked is for
   * the caller to find out (RFC 6960 §4.2.2.2.1). What it throws refuses the answer. @default the delegate is believed
   */
  readonly checkDelegate?: (delegate: Certificate) => Promise<void>
}

/**
 * The status of the certificate. `unknown` is not good.
 * @throws ocsp_refused when the responder gave no answer; ocsp_malformed when it speaks of something else, contradicts
 *   itself or has another nonce; ocsp_outdated; signature_invalid; issuer_unknown and usage_not_allowed for a responder
 *   that the issuer did not appoint; extension_critical_unknown and others for one whose certificate does not hold
 * @example
 * const { certificate, key } = sample.issuing
 * const { serial } = sample.server.certificate
 * const responses = [{ status: 'good', certId: await makeCertId(certificate, serial), thisUpdate: sample.at }] as const
 * const tbs = buildTbsOcspResponse({ responder: certificate.subject, producedAt: sample.at, responses })
 * const row = defaultSignature(key.spec)
 * const der = assembleOcspResponse({ tbs, row, signature: await sign(key, tbs, row), certificates: [] })
 * const options = { issuer: certificate, serial, at: sample.at }
 * assert.deepEqual(await verifyOcspResponse(parseOcspResponse(der), options), { status: 'good' })
 */
export async function verifyOcspResponse(response: OcspResponse, options: VerifyOcspOptions): Promise<CertStatus> {
  const { basic } = response
  if (!basic) return fail('ocsp_refused', { status: response.status })
  const { nonce } = options
  if (nonce && !(basic.nonce && equal(nonce, basic.nonce))) fail('ocsp_malformed', { what: 'nonce' })
  const single = await findSingle(basic, options)
  await checkSigner(basic, options)
  checkRecent(single, options)
  return statusOf(single)
}

/**
 * The answer about the certificate asked for. Two may speak of it, under two digests; when they disagree, neither counts.
 */
async function findSingle(basic: BasicOcspResponse, { issuer, serial }: VerifyOcspOptions): Promise<SingleResponse> {
  let found: SingleResponse | undefined
  for (const single of basic.responses) {
    if (!equal(single.certId.serial, serial)) continue
    if (!isIssuedBy(single.certId, await issuerHashes(issuer, single.certId.hash))) continue
    if (found && found.status !== single.status) fail('ocsp_malformed', { what: 'contradiction' })
    if (!found || found.thisUpdate < single.thisUpdate) found = single
  }
  return found ?? fail('ocsp_malformed', { what: 'another certificate' })
}

/** Signed by the issuer itself, or by one that it appointed: issued directly by it and marked for OCSP (§4.2.2.2). */
async function checkSigner(basic: BasicOcspResponse, options: VerifyOcspOptions): Promise<void> {
  const { responderId } = basic
  const { issuer } = options
  let candidates = 0
  if (await isResponder(responderId, issuer)) {
    candidates++
    if (await isSignedBy(basic, issuer)) return
  }
  for (const der of basic.certificates) {
    const delegate = parseCertificate(der)
    if (!(await isResponder(responderId, delegate))) continue
    // The certificates are not signed: a stranger may add to them, and must not buy verifications with it.
    if (++candidates > MOST_CANDIDATES) fail('input_too_large', { what: 'OCSP responders', limit: MOST_CANDIDATES })
    if (!(await isSignedBy(basic, delegate))) continue
    await checkAppointed(delegate, options)
    return
  }
  if (candidates === 0) fail('issuer_unknown', { subject: 'OCSP responder', issuer: 'not sent' })
  fail('signature_invalid', { what: 'OCSP response' })
}

/** A key of another kind than the signature's did not make it. */
async function isSignedBy(basic: BasicOcspResponse, { publicKey }: OcspIssuer): Promise<boolean> {
  try {
    return await verifySigned(basic, publicKey.spki)
  } catch (error) {
    if (hasCode(error, 'key_mismatch')) return false
    throw error
  }
}

async function checkAppointed(delegate: Certificate, options: VerifyOcspOptions): Promise<void> {
  const { issuer, at, checkDelegate } = options
  const subject = 'OCSP responder'
  if (!(sameName(delegate.issuer, issuer.subject) && (await verifySigned(delegate, issuer.publicKey.spki)))) {
    fail('signature_invalid', { what: 'OCSP responder certificate' })
  }
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
  const strange = delegate.extensions.find(({ oid, critical }) => critical && !UNDERSTOOD.has(extensionName(oid)))
  if (strange) fail('extension_critical_unknown', { subject, oid: strange.oid })
  // Either bit goes with the purpose (RFC 5280 §4.2.1.12).
  const usages = extension(delegate, 'keyUsage')
  if (usages && !usages.includes('digitalSignature') && !usages.includes('nonRepudiation')) {
    fail('key_usage_missing', { subject, usage: 'digitalSignature' })
  }
  if (checkDelegate && !extension(delegate, 'ocspNoCheck')) await checkDelegate(delegate)
}

function checkRecent({ thisUpdate, nextUpdate }: SingleResponse, options: VerifyOcspOptions): void {
  const { at, skew = SKEW, longestWithoutEnd = LONGEST_WITHOUT_END } = options
  // Without nextUpdate newer information is always to be had (§4.2.2.1), so an old answer is a replayed one.
  const until = nextUpdate ? nextUpdate.getTime() : thisUpdate.getTime() + longestWithoutEnd
  if (thisUpdate.getTime() > at.getTime() + skew || until < at.getTime() - skew) {
    fail('ocsp_outdated', { thisUpdate: thisUpdate.toISOString(), at: at.toISOString() })
  }
}

function statusOf(single: SingleResponse): CertStatus {
  if (single.status !== 'revoked') return { status: single.status }
  const { revokedAt, reason } = single
  return { status: 'revoked', revokedAt, ...(reason ? { reason } : {}) }
}

// What may be critical in the certificate of a delegate, which issues nothing; all else is refused (RFC 5280 §4.2).
const UNDERSTOOD: ReadonlySet<ExtensionName | undefined> = new Set<ExtensionName>([
  'basicConstraints',
  'keyUsage',
  'extendedKeyUsage',
  'subjectAltName',
  'certificatePolicies',
  'crlDistributionPoints',
  'ocspNoCheck',
])
// Clocks of two machines: the five minutes that OpenSSL grants.
const SKEW = 5 * 60_000
const LONGEST_WITHOUT_END = 24 * 60 * 60_000
// The issuer, its delegate, and a delegate of the same name with an older key.
const MOST_CANDIDATES = 4
