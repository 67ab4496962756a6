import type { LintRule } from '../rule.ts'

export const nameConstraints: LintRule<'cabf-smime/name-constraints'> = {
  clause: 'S/MIME BR §7.1.5',
  problems: { mailbox: 'error' },
  roles: ['subordinate'],
  // "each rfc822Name SHALL contain either a FQDN or a U+002E FULL STOP character followed by a FQDN"
  check: (certificate, report) => {
    for (const base of certificate.value('nameConstraints')?.permitted ?? []) {
      if (base.kind === 'rfc822Name' && base.value.includes('@')) report('mailbox', { name: base.value })
    }
  },
}
