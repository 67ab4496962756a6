import type { LintRule } from '../rule.ts'

export const basicConstraints: LintRule<'cabf-smime/basic-constraints'> = {
  clause: 'S/MIME BR §7.1.2.1 a',
  problems: { 'root-path-length': 'warning' },
  roles: ['root'],
  check: (certificate, report) => {
    if (certificate.value('basicConstraints')?.pathLength !== undefined) report('root-path-length')
  },
}
