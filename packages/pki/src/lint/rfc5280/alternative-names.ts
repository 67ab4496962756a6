import type { GeneralName } from '../../x509/index.ts'
import { isHostName, isMailbox, isUri, uriHost, utf8MailboxOf } from '../names.ts'
import type { LintContent, LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/alternative-names'

export const alternativeNames: LintRule<Rule, LintContent> = {
  clause: 'RFC 5280 §4.2.1.6',
  problems: {
    'dns-syntax': 'error',
    'mail-syntax': 'error',
    'uri-syntax': 'error',
    'uri-without-host': 'error',
    'address-with-mask': 'error',
    'empty-directory-name': 'error',
    'utf8-mail-syntax': 'error',
    'utf8-mail-is-ascii': 'error',
    'utf8-mail-domain': 'error',
    'critical-beside-subject': 'warning',
  },
  check: (certificate, report) => {
    for (const name of certificate.value('subjectAltName') ?? []) checkName(name, 'subjectAltName', report)
    for (const name of certificate.value('issuerAltName') ?? []) checkName(name, 'issuerAltName', report)
    if (certificate.criticality('subjectAltName') === 'critical' && certificate.subject.rdns.length > 0) {
      report('critical-beside-subject')
    }
  },
}

function checkName(name: GeneralName, extension: string, report: Report<Rule>): void {
  switch (name.kind) {
    case 'dNSName':
      if (!isHostName(name.value.replace(/^\*\./, ''))) report('dns-syntax', { extension, name: name.value })
      return
    case 'rfc822Name':
      if (!isMailbox(name.value)) report('mail-syntax', { extension, name: name.value })
      return
    case 'uri':
      // "The name MUST NOT be a relative URI", and one with an authority must name a host.
      if (!isUri(name.value)) report('uri-syntax', { extension, name: name.value })
      else if (uriHost(name.value) === '') report('uri-without-host', { extension, name: name.value })
      return
    case 'iPAddress':
      // Address and mask belong in name constraints.
      if (name.value.includes('/')) report('address-with-mask', { extension, name: name.value })
      return
    case 'directoryName':
      if (name.name.rdns.length === 0) report('empty-directory-name', { extension })
      return
    case 'otherName':
      checkUtf8Mailbox(name, extension, report)
      return
    default:
  }
}

/** RFC 9598 §3: for local parts that ASCII cannot hold, and only those; the domain is in A-labels, lower case. */
function checkUtf8Mailbox(name: GeneralName, extension: string, report: Report<Rule>): void {
  const text = utf8MailboxOf(name)
  if (text === undefined) return
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  const facts = { extension, name: text }
  if (at < 1 || /[\u0000- \u007f\ufeff<>()[\]\\,;:]/.test(local)) report('utf8-mail-syntax', facts, UTF8_MAIL)
  else if (/^[!-~]*$/.test(local)) report('utf8-mail-is-ascii', facts, UTF8_MAIL)
  else if (!isHostName(domain) || domain !== domain.toLowerCase()) report('utf8-mail-domain', facts, UTF8_MAIL)
}

const UTF8_MAIL = 'RFC 9598 §3'
