import { mailboxesOf, utf8MailboxOf } from '../names.ts'
import type { LintRule } from '../rule.ts'
import { profileOf } from './profile.ts'

export const alternativeNames: LintRule<'cabf-smime/alternative-names'> = {
  clause: 'S/MIME BR §7.1.4.2.1',
  problems: {
    absent: 'error',
    'no-mailbox': 'error',
    'forbidden-name': 'error',
    'forbidden-other-name': 'error',
    'not-repeated': 'error',
  },
  roles: ['end'],
  check: (certificate, report) => {
    const names = certificate.value('subjectAltName')
    // One that cannot be read is told by its own rule.
    if (certificate.criticality('subjectAltName') === 'absent') return report('absent')
    if (!names) return
    const mailboxes = mailboxesOf(names)
    if (mailboxes.length === 0) report('no-mailbox')
    const strict = profileOf(certificate)?.generation === 'strict'
    const directoryNames = [certificate.subject]
    for (const name of names) {
      if (name.kind === 'directoryName') directoryNames.push(name.name)
      else if (name.kind === 'otherName') {
        if (strict && utf8MailboxOf(name) === undefined) report('forbidden-other-name', { oid: name.oid })
      } else if (name.kind !== 'rfc822Name') report('forbidden-name', { kind: name.kind })
    }
    // "All Mailbox Addresses in the subject field or entries of type directoryName … SHALL be repeated"
    const written = directoryNames.flatMap(({ rdns }) =>
      rdns.flat().flatMap(({ type, value = '' }) => (type === 'emailAddress' || isAddress(value) ? [value] : [])),
    )
    const repeated = new Set(mailboxes)
    for (const address of new Set(written)) if (!repeated.has(address)) report('not-repeated', { address })
  },
}

/** Whatever attribute it stands in. One @ at least, with something on both sides, and no space. */
function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  return at > 0 && at < text.length - 1 && !/\s/.test(text)
}
