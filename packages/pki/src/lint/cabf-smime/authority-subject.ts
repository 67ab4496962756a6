import { nameValue } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'

export const authoritySubject: LintRule<'cabf-smime/authority-subject'> = {
  clause: 'S/MIME BR §7.1.4.3.1',
  problems: { required: 'error' },
  roles: ['subordinate', 'root'],
  check: ({ subject }, report) => {
    for (const attribute of ['commonName', 'organizationName', 'countryName'] as const) {
      if (nameValue(subject, attribute) === undefined) report('required', { attribute })
    }
  },
}
