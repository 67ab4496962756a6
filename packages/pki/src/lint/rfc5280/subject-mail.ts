import { nameValues } from '../../x509/index.ts'
import { mailboxesOf } from '../names.ts'
import type { LintRule } from '../rule.ts'

export const subjectMail: LintRule<'rfc5280/subject-mail'> = {
  clause: 'RFC 5280 §4.1.2.6',
  problems: { 'not-repeated': 'error', deprecated: 'notice' },
  check: (certificate, report) => {
    const addresses = nameValues(certificate.subject, 'emailAddress')
    if (addresses.length === 0) return
    report('deprecated')
    const named = new Set(mailboxesOf(certificate.value('subjectAltName') ?? []))
    for (const address of addresses) if (!named.has(address)) report('not-repeated', { address })
  },
}
