// Checks on one certificate of a path (RFC 5280 §6.1.3 to §6.1.5).

import { fail } from '../errors/index.ts'
import type { Certificate, ExtensionName, KeyUsageBit } from '../x509/index.ts'
import { extension, extensionName, formatName, sameName } from '../x509/index.ts'
import type { Purpose } from './options.ts'

/** The subject as errors name it. */
export const subjectText = (certificate: Certificate): string => formatName(certificate.subject, 'rfc4514')

/** Both ends are inclusive to the second. @throws certificate_expired, certificate_not_yet_valid */
export function checkDates(certificate: Certificate, at: Date): void {
  const { notBefore, notAfter } = certificate
  const facts = { subject: subjectText(certificate), at: at.toISOString() }
  if (at < notBefore) fail('certificate_not_yet_valid', { ...facts, notBefore: notBefore.toISOString() })
  const second = Math.floor(at.getTime() / 1_000) * 1_000
  if (second > notAfter.getTime()) fail('certificate_expired', { ...facts, notAfter: notAfter.toISOString() })
}

// What path validation acts on, or may ignore without harm although marked critical. Policies are asked of nobody,
// and what could demand them (policyConstraints, inhibitAnyPolicy, policyMappings) is not in the list.
const UNDERSTOOD: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'basicConstraints',
  'keyUsage',
  'extendedKeyUsage',
  'subjectAltName',
  'nameConstraints',
  'certificatePolicies',
  'crlDistributionPoints',
  'ocspNoCheck',
])

/** @throws extension_critical_unknown (RFC 5280 §4.2) */
export function checkCritical(certificate: Certificate): void {
  for (const { oid, critical } of certificate.extensions) {
    const name = extensionName(oid)
    if (critical && !(name && UNDERSTOOD.has(name))) {
      fail('extension_critical_unknown', { subject: subjectText(certificate), oid })
    }
  }
}

/**
 * Whether this certificate may issue, with `below` further authorities between it and the leaf. Versions 1 and 2
 * cannot say that they may, so they may not.
 * @throws not_an_authority, path_length_exceeded, key_usage_missing
 */
export function checkAuthority(certificate: Certificate, below: number): void {
  const constraints = extension(certificate, 'basicConstraints')
  const subject = subjectText(certificate)
  if (!constraints?.ca) fail('not_an_authority', { subject })
  if (below > (constraints?.pathLength ?? Number.POSITIVE_INFINITY)) fail('path_length_exceeded', { subject })
  const usages = extension(certificate, 'keyUsage')
  if (usages && !usages.includes('keyCertSign')) fail('key_usage_missing', { subject, usage: 'keyCertSign' })
}

/** Issued by the same name: key rollover, which path length and name constraints do not count (§4.2.1.9, §6.1.4). */
export const isSelfIssued = (certificate: Certificate): boolean => sameName(certificate.issuer, certificate.subject)

/**
 * Purposes of an authority bound those below it, as every TLS implementation has it. OCSP is excepted: an
 * authority appoints its own responder whatever purposes it is limited to.
 * @throws usage_not_allowed
 */
export function checkAuthorityPurpose(certificate: Certificate, purpose: Purpose): void {
  if (purpose === 'any' || purpose === 'ocspSigning') return
  const purposes = extension(certificate, 'extendedKeyUsage')
  if (purposes && !purposes.includes(purpose) && !purposes.includes('anyExtendedKeyUsage')) {
    fail('usage_not_allowed', { subject: subjectText(certificate), purpose })
  }
}

// One of these bits is needed for the purpose (RFC 5280 §4.2.1.12).
const BITS: Readonly<Record<Purpose, readonly KeyUsageBit[]>> = {
  clientAuth: ['digitalSignature', 'keyAgreement'],
  serverAuth: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  emailProtection: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
  ocspSigning: ['digitalSignature', 'nonRepudiation'],
  any: [],
}

/** @throws usage_not_allowed, key_usage_missing */
export function checkLeafPurpose(leaf: Certificate, purpose: Purpose): void {
  if (purpose === 'any') return
  const subject = subjectText(leaf)
  const purposes = extension(leaf, 'extendedKeyUsage')
  // OCSP signing must be named: neither silence nor "any" appoints a responder (RFC 6960 §4.2.2.2).
  const allowed =
    purpose === 'ocspSigning'
      ? purposes?.includes(purpose)
      : !purposes || purposes.includes(purpose) || purposes.includes('anyExtendedKeyUsage')
  if (!allowed) fail('usage_not_allowed', { subject, purpose })
  const usages = extension(leaf, 'keyUsage')
  if (usages && !BITS[purpose].some((bit) => usages.includes(bit))) {
    fail('key_usage_missing', { subject, usage: BITS[purpose][0]! })
  }
}
