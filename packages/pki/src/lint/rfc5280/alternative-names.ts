import type { GeneralName } from '../../x509/index.ts'
import type { LintFacts, LintRule } from '../rule.ts'

export const alternativeNames: LintRule = {
  name: 'rfc5280/alternative-names',
  clause: 'RFC 5280 §4.2.1.6',
  severity: 'error',
  check: (certificate) => (certificate.value('subjectAltName') ?? []).flatMap(problemsOf),
}

function problemsOf(name: GeneralName): LintFacts[] {
  if (name.kind === 'dNSName' && !HOST.test(name.value)) return [{ problem: 'dNSName syntax', name: name.value }]
  if (name.kind === 'rfc822Name' && !MAILBOX.test(name.value))
    return [{ problem: 'rfc822Name syntax', name: name.value }]
  // "The name MUST NOT be a relative URI", and one with an authority must name a host.
  if (name.kind === 'uri' && !/^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(name.value)) {
    return [{ problem: 'URI syntax', name: name.value }]
  }
  // Address and mask belong in name constraints.
  if (name.kind === 'iPAddress' && name.value.includes('/')) return [{ problem: 'address with mask', name: name.value }]
  return []
}

// Preferred name syntax (RFC 1034 §3.5, RFC 1123 §2.1), one leading wildcard label (RFC 6125 §6.4.3), no trailing dot.
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const HOST = new RegExp(`^(?=.{1,253}$)(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`)
// Mailbox of RFC 2821 without quoting: no display name, no angle brackets.
const MAILBOX = new RegExp(`^[A-Za-z0-9!#$%&'*+/=?^_\`{|}~.-]{1,64}@${LABEL}(?:\\.${LABEL})*$`)
