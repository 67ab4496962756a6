import type { AccessDescription, ExtensionName } from '../../x509/index.ts'
import { isUri } from '../names.ts'
import type { LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/information-access'

export const informationAccess: LintRule<Rule> = {
  clause: 'RFC 5280 §4.2.2',
  problems: { 'ocsp-is-no-address': 'error', 'ca-issuers-no-http-or-ldap': 'warning', 'address-syntax': 'error' },
  check: (certificate, report) => {
    let issuers = 0
    let fetched = false
    for (const { method, location } of certificate.value('authorityInfoAccess') ?? NONE) {
      if (method !== 'caIssuers') continue
      issuers++
      if (location.kind === 'uri' && /^(?:http|ldap):/i.test(location.value)) fetched = true
    }
    if (issuers > 0 && !fetched) report('ca-issuers-no-http-or-ldap', {}, 'RFC 5280 §4.2.2.1')
    checkAll(certificate.value('authorityInfoAccess'), 'authorityInfoAccess', report)
    checkAll(certificate.value('subjectInfoAccess'), 'subjectInfoAccess', report)
  },
}

function checkAll(all: readonly AccessDescription[] | undefined, extension: ExtensionName, report: Report<Rule>): void {
  for (const { method, location } of all ?? NONE) {
    if (location.kind === 'uri') {
      if (!isUri(location.value)) report('address-syntax', { extension, name: location.value })
    } else if (method === 'ocsp') report('ocsp-is-no-address', {}, 'RFC 6960 §3.1')
  }
}

const NONE: readonly AccessDescription[] = []
