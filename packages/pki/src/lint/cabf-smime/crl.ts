import type { LintCrl, LintRule } from '../rule.ts'

export const crl: LintRule<'cabf-smime/crl', LintCrl> = {
  clause: 'S/MIME BR §7.2.2',
  problems: { unspecified: 'error' },
  // "If the reason for revocation is unspecified, CAs SHALL omit the reasonCode entry extension."
  check: ({ entries }, report) => {
    let count = 0
    for (const { reason } of entries) if (reason === 'unspecified') count++
    if (count > 0) report('unspecified', { count })
  },
}
