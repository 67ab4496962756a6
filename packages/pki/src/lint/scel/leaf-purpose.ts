import type { LintRule } from '../rule.ts'

export const leafPurpose: LintRule<'scel/leaf-purpose'> = {
  clause: 'Scel: an end certificate says what it is for, and never everything',
  problems: { 'no-extended-key-usage': 'error', 'no-key-usage': 'error', 'any-purpose': 'error' },
  check: (certificate, report) => {
    const purposes = certificate.value('extendedKeyUsage')
    if (purposes?.includes('anyExtendedKeyUsage')) report('any-purpose')
    if (certificate.isAuthority) return
    if (purposes === undefined) report('no-extended-key-usage')
    if (certificate.value('keyUsage') === undefined) report('no-key-usage')
  },
}
