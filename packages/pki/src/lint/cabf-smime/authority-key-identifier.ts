import type { LintRule } from '../rule.ts'

export const authorityKeyIdentifier: LintRule<'cabf-smime/authority-key-identifier'> = {
  clause: 'S/MIME BR §7.1.2.2 h and §7.1.2.3 g',
  problems: { absent: 'error', 'no-key-identifier': 'error', 'issuer-and-serial': 'error' },
  roles: ['end', 'subordinate'],
  check: (certificate, report) => {
    const identifier = certificate.value('authorityKeyIdentifier')
    if (certificate.criticality('authorityKeyIdentifier') === 'absent') return report('absent')
    // One that cannot be read is told by its own rule.
    if (!identifier) return
    if (!identifier.keyIdentifier) report('no-key-identifier')
    if (identifier.issuer || identifier.serial) report('issuer-and-serial')
  },
}
