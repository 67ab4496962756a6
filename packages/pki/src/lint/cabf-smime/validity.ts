import type { LintRule } from '../rule.ts'
import { profileOf } from './profile.ts'

export const validity: LintRule<'cabf-smime/validity'> = {
  clause: 'S/MIME BR §6.3.2',
  problems: { 'too-long': 'error', 'at-maximum': 'notice' },
  roles: ['end'],
  check: (certificate, report) => {
    const most = profileOf(certificate)?.generation === 'legacy' ? 1185 : 825
    // The last second is part of the validity, and a day that has begun is a day.
    const seconds = (certificate.notAfter.getTime() - certificate.notBefore.getTime()) / 1_000 + 1
    const days = Math.ceil(seconds / 86_400)
    if (days > most) report('too-long', { days, most })
    // "Subscriber Certificates SHOULD NOT be issued for the maximum permissible time by default"
    else if (days === most) report('at-maximum', { days })
  },
}
