import type { LintRule } from '../rule.ts'

export const policyQualifiers: LintRule<'cabf-smime/policy-qualifiers'> = {
  clause: 'S/MIME BR §7.1.2.2 a and §7.1.2.3 a',
  problems: { 'not-http': 'error', 'notice-without-text': 'error', 'notice-reference': 'error' },
  check: (certificate, report) => {
    for (const { qualifiers } of certificate.value('certificatePolicies') ?? []) {
      for (const one of qualifiers ?? []) {
        if (one.kind === 'cps' && !/^https?:\/\//i.test(one.uri)) report('not-http', { name: one.uri })
        if (one.kind !== 'userNotice') continue
        if (one.explicitText === undefined) report('notice-without-text')
        if (one.reference) report('notice-reference')
      }
    }
  },
}
