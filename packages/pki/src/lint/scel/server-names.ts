import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const serverNames: LintRule = {
  name: 'scel/server-names',
  clause: 'RFC 9525 §2: clients look at alternative names only',
  severity: 'error',
  check: (certificate) => {
    const serves = certificate.value('extendedKeyUsage')?.includes('serverAuth') ?? false
    const names = certificate.value('subjectAltName') ?? []
    const named = names.some((name) => name.kind === 'dNSName' || name.kind === 'iPAddress')
    return breaches([serves && !certificate.isAuthority && !named, { problem: 'no host name' }])
  },
}
