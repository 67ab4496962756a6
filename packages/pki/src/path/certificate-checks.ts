// Checks on one certificate of a path (RFC 5280 §6.1.3 to §6.1.5).

import { readPublicKey } from '../algorithms/index.ts'
import { fail } from '../errors/index.ts'
import type { Certificate, ExtensionName } from '../x509/index.ts'
import { extensionName, sameName } from '../x509/index.ts'
import { nameText } from './name-text.ts'
import type { TrustAnchor } from './options.ts'
import { readExtension } from './read-extension.ts'

/** The subject as errors name it. */
export const subjectText = ({ subject }: TrustAnchor): string => nameText(subject)

/** Both ends are inclusive to the second. @throws certificate_expired, certificate_not_yet_valid */
export function checkDates(certificate: Certificate, at: Date): void {
  const { notBefore, notAfter } = certificate
  if (at < notBefore) {
    const facts = { subject: subjectText(certificate), notBefore: notBefore.toISOString(), at: at.toISOString() }
    fail('certificate_not_yet_valid', facts)
  }
  const second = Math.floor(at.getTime() / 1_000) * 1_000
  if (second > notAfter.getTime()) {
    const facts = { subject: subjectText(certificate), notAfter: notAfter.toISOString(), at: at.toISOString() }
    fail('certificate_expired', facts)
  }
}

// What path validation acts on, or may ignore without harm although marked critical.
const UNDERSTOOD: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'basicConstraints',
  'keyUsage',
  'extendedKeyUsage',
  'subjectAltName',
  'nameConstraints',
  'certificatePolicies',
  'policyMappings',
  'policyConstraints',
  'inhibitAnyPolicy',
  'crlDistributionPoints',
  'ocspNoCheck',
])

/**
 * Neither an extension that is not known nor one that says what cannot be read (RFC 5280 §4.2), whether or not anybody
 * goes on to ask for it.
 * @throws extension_critical_unknown, and what the extension throws when it is read
 */
export function checkCritical(certificate: Certificate): void {
  for (const { oid, critical } of certificate.extensions) {
    if (!critical) continue
    const name = extensionName(oid)
    if (!(name && UNDERSTOOD.has(name))) {
      fail('extension_critical_unknown', { subject: subjectText(certificate), oid })
    }
    readExtension(certificate, name)
  }
}

/** RSA below 2,048 bits is broken or about to be (NIST SP 800-131A). @throws key_too_weak */
export function checkStrength(holder: TrustAnchor): void {
  const { kind, bits } = isRead(holder) ? holder.publicKey : readPublicKey(holder.publicKey.spki)
  if ((kind === 'rsa' || kind === 'rsa-pss') && bits < 2048)
    fail('key_too_weak', { subject: subjectText(holder), bits })
}

const isRead = (holder: TrustAnchor): holder is Certificate => 'kind' in holder.publicKey

/**
 * Whether this certificate may issue, with `below` further authorities between it and the leaf. Versions 1 and 2
 * cannot say that they may, so they may not.
 * @throws not_an_authority, path_length_exceeded, key_usage_missing
 */
export function checkAuthority(certificate: Certificate, below: number): void {
  const constraints = readExtension(certificate, 'basicConstraints')
  if (!constraints?.ca) fail('not_an_authority', { subject: subjectText(certificate) })
  if (below > (constraints?.pathLength ?? Number.POSITIVE_INFINITY)) {
    fail('path_length_exceeded', { subject: subjectText(certificate) })
  }
  const usages = readExtension(certificate, 'keyUsage')
  if (usages && !usages.includes('keyCertSign')) {
    fail('key_usage_missing', { subject: subjectText(certificate), usage: 'keyCertSign' })
  }
}

/** Issued by the same name: key rollover, which path length and name constraints do not count (§4.2.1.9, §6.1.4). */
export function isSelfIssued(certificate: Certificate): boolean {
  let known = selfIssued.get(certificate)
  if (known === undefined) {
    known = sameName(certificate.issuer, certificate.subject)
    selfIssued.set(certificate, known)
  }
  return known
}

// Asked of every certificate below at every step; comparing two long names takes a while.
const selfIssued = new WeakMap<Certificate, boolean>()
