// Who content may be sealed for.

import { fail } from '../../errors/index.ts'
import { checkDates, subjectText } from '../../path/certificate-checks.ts'
import type { Certificate, KeyUsageBit } from '../../x509/index.ts'
import { extension } from '../../x509/index.ts'
import type { Recipient, SealOptions } from '../seal-options.ts'

/** How a certificate's key receives; undefined for one that only signs. */
export function receives({ publicKey }: Certificate): 'transport' | 'agreement' | 'encapsulation' | undefined {
  return WAYS[publicKey.kind]
}

/**
 * What sealing refuses of its recipients, said before there is anything to seal.
 * @throws recipient_missing, recipients_mixed, recipient_not_usable, certificate_expired, certificate_not_yet_valid,
 *   key_mismatch for a secret key of another length
 * @example
 * checkRecipients({ recipients: [{ kind: 'certificate', certificate: sample.person.certificate }], at: sample.at })
 */
export function checkRecipients({ recipients, mixing, at }: Pick<SealOptions, 'recipients' | 'mixing' | 'at'>): void {
  if (recipients.length === 0) fail('recipient_missing', {})
  for (const recipient of recipients) check(recipient, at)
  // Keys that come of passphrases and secret keys are symmetric, and quantum computers do not threaten those.
  const ways = recipients.flatMap((one) => (one.kind === 'certificate' ? [receives(one.certificate)] : []))
  const resistant = ways.filter((way) => way === 'encapsulation').length
  const mixed = resistant > 0 && resistant < ways.length
  if (mixed && mixing !== 'classical-and-post-quantum') fail('recipients_mixed', {})
}

function check(recipient: Recipient, at: Date): void {
  if (recipient.kind === 'secret-key' && ![16, 24, 32].includes(recipient.key.length)) {
    fail('key_mismatch', { what: 'secret key' })
  }
  if (recipient.kind !== 'certificate') return
  const { certificate, anyway = [] } = recipient
  const subject = subjectText(certificate)
  const way = receives(certificate)
  if (!way) fail('recipient_not_usable', { subject, why: 'key' })
  if (certificate.publicKey.kind === 'rsa' && certificate.publicKey.bits < WEAKEST_RSA) {
    fail('recipient_not_usable', { subject, why: 'weak' })
  }
  const usages = extension(certificate, 'keyUsage')
  if (usages && !usages.includes(NEEDED[way]) && !anyway.includes('usage')) {
    fail('recipient_not_usable', { subject, why: 'usage' })
  }
  if (!anyway.includes('expired')) checkDates(certificate, at)
}

const WAYS: Partial<Record<Certificate['publicKey']['kind'], 'transport' | 'agreement' | 'encapsulation'>> = {
  rsa: 'transport',
  ec: 'agreement',
  x25519: 'agreement',
  x448: 'agreement',
  'ml-kem': 'encapsulation',
}
// RFC 5280 §4.2.1.3, RFC 9935 §5
const NEEDED: Readonly<Record<'transport' | 'agreement' | 'encapsulation', KeyUsageBit>> = {
  transport: 'keyEncipherment',
  agreement: 'keyAgreement',
  encapsulation: 'keyEncipherment',
}
const WEAKEST_RSA = 2048
