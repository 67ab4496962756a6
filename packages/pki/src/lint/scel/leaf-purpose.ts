import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const leafPurpose: LintRule = {
  name: 'scel/leaf-purpose',
  clause: 'Scel: an end certificate says what it is for, and never everything',
  severity: 'error',
  check: (certificate) => {
    const purposes = certificate.value('extendedKeyUsage')
    return breaches(
      [!certificate.isAuthority && purposes === undefined, { problem: 'no extended key usage' }],
      [!certificate.isAuthority && certificate.value('keyUsage') === undefined, { problem: 'no key usage' }],
      [purposes?.includes('anyExtendedKeyUsage') ?? false, { problem: 'anyExtendedKeyUsage' }],
    )
  },
}
