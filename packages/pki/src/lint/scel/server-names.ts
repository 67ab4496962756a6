import type { LintContent, LintRule } from '../rule.ts'

export const serverNames: LintRule<'scel/server-names', LintContent> = {
  clause: 'RFC 9525 §2: clients look at alternative names only',
  problems: { 'no-host-name': 'error' },
  roles: ['end'],
  check: (certificate, report) => {
    if (!certificate.value('extendedKeyUsage')?.includes('serverAuth')) return
    const names = certificate.value('subjectAltName') ?? []
    if (!names.some(({ kind }) => kind === 'dNSName' || kind === 'iPAddress')) report('no-host-name')
  },
}
