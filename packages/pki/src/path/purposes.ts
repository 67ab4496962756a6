// What each purpose asks of a certificate (RFC 5280 §4.2.1.3 and §4.2.1.12, and the standards named per row).

import { fail } from '../errors/index.ts'
import type { Certificate, KeyUsageBit } from '../x509/index.ts'
import { EXTENSIONS } from '../x509/index.ts'
import { subjectText } from './certificate-checks.ts'
import type { Purpose } from './options.ts'
import { readExtension } from './read-extension.ts'

type Kind = Certificate['publicKey']['kind']

interface PurposeRow {
  /** The purpose that extendedKeyUsage names. */
  readonly named: string
  /** Whether it must be named: neither silence nor anyExtendedKeyUsage will do. */
  readonly explicit?: true
  /** Whether it must be the only one, and critical. */
  readonly alone?: true
  /** What the key must be able to do by its kind, whatever the certificate says. */
  readonly does?: 'signs' | 'decrypts'
  /** One of these bits is needed for a key of this kind, where keyUsage is there. */
  readonly bits: (kind: Kind) => readonly KeyUsageBit[]
}

const SIGNING: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation']
// Keys that agree on a secret, and keys that a secret is wrapped or encapsulated for (RFC 5480 §3, RFC 9935 §5).
const AGREEING: ReadonlySet<Kind> = new Set<Kind>(['ec', 'x25519', 'x448'])
const UNABLE: Readonly<Record<NonNullable<PurposeRow['does']>, ReadonlySet<Kind>>> = {
  signs: new Set<Kind>(['x25519', 'x448', 'ml-kem']),
  decrypts: new Set<Kind>(['rsa-pss', 'ed25519', 'ed448', 'ml-dsa', 'slh-dsa']),
}
const decrypting = (kind: Kind): readonly KeyUsageBit[] => [AGREEING.has(kind) ? 'keyAgreement' : 'keyEncipherment']

const ROWS: Readonly<Record<Exclude<Purpose, 'any'>, PurposeRow>> = {
  clientAuth: { named: 'clientAuth', bits: () => ['digitalSignature', 'keyAgreement'] },
  serverAuth: { named: 'serverAuth', bits: () => ['digitalSignature', 'keyEncipherment', 'keyAgreement'] },
  emailProtection: { named: 'emailProtection', bits: () => [...SIGNING, 'keyEncipherment', 'keyAgreement'] },
  // RFC 8550 §4.4.2: one or the other bit makes a signature, and neither decrypts.
  emailSigning: { named: 'emailProtection', does: 'signs', bits: () => SIGNING },
  emailEncryption: { named: 'emailProtection', does: 'decrypts', bits: decrypting },
  // Code runs for as long as it is kept: a certificate that says nothing was not made for it.
  codeSigning: { named: 'codeSigning', explicit: true, does: 'signs', bits: () => ['digitalSignature'] },
  // "the extension MUST be critical" and hold "only one instance of the KeyPurposeId field" (RFC 3161 §2.3).
  timeStamping: { named: 'timeStamping', explicit: true, alone: true, does: 'signs', bits: () => SIGNING },
  // OCSP signing must be named: neither silence nor "any" appoints a responder (RFC 6960 §4.2.2.2).
  ocspSigning: { named: 'ocspSigning', explicit: true, does: 'signs', bits: () => SIGNING },
}

/**
 * Purposes of an authority bound those below it, as every TLS implementation has it. OCSP is excepted: an
 * authority appoints its own responder whatever purposes it is limited to.
 * @throws usage_not_allowed
 */
export function checkAuthorityPurpose(certificate: Certificate, purpose: Purpose): void {
  if (purpose === 'any' || purpose === 'ocspSigning') return
  const { named } = ROWS[purpose]
  const purposes = readExtension(certificate, 'extendedKeyUsage')
  if (purposes && !purposes.includes(named) && !purposes.includes('anyExtendedKeyUsage')) {
    fail('usage_not_allowed', { subject: subjectText(certificate), purpose: named })
  }
}

/** @throws usage_not_allowed, key_usage_missing */
export function checkLeafPurpose(leaf: Certificate, purpose: Purpose): void {
  if (purpose === 'any') return
  const row = ROWS[purpose]
  const purposes = readExtension(leaf, 'extendedKeyUsage')
  const allowed = purposes
    ? purposes.includes(row.named) || (!row.explicit && purposes.includes('anyExtendedKeyUsage'))
    : !row.explicit
  const unable = row.does && UNABLE[row.does].has(leaf.publicKey.kind)
  if (!allowed || unable || (row.alone && !standsAlone(leaf, purposes!))) {
    fail('usage_not_allowed', { subject: subjectText(leaf), purpose: row.named })
  }
  const usages = readExtension(leaf, 'keyUsage')
  const bits = row.bits(leaf.publicKey.kind)
  if (usages && !bits.some((bit) => usages.includes(bit))) {
    fail('key_usage_missing', { subject: subjectText(leaf), usage: bits[0]! })
  }
}

const standsAlone = (leaf: Certificate, purposes: readonly string[]): boolean =>
  purposes.length === 1 &&
  leaf.extensions.some(({ oid, critical }) => critical && oid === EXTENSIONS.extendedKeyUsage.oid)
