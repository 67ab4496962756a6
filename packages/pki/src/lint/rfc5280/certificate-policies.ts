import type { PolicyInformation, PolicyQualifier } from '../../x509/index.ts'
import { ANY_POLICY } from '../../x509/index.ts'
import { isUri } from '../names.ts'
import type { LintContent, LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/certificate-policies'

export const certificatePolicies: LintRule<Rule, LintContent> = {
  clause: 'RFC 5280 §4.2.1.4',
  problems: {
    'any-policy-qualifier': 'error',
    'notice-reference': 'warning',
    'notice-text-type': 'error',
    'notice-text-less-preferred': 'warning',
    'notice-text-too-long': 'warning',
    'notice-text-control-character': 'warning',
    'notice-text-not-normalized': 'warning',
    'address-syntax': 'error',
  },
  check: (certificate, report) => {
    for (const { policy, qualifiers } of certificate.value('certificatePolicies') ?? NONE) {
      for (const qualifier of qualifiers ?? []) {
        if (policy === ANY_POLICY && qualifier.kind === 'other') report('any-policy-qualifier', { oid: qualifier.oid })
        checkQualifier(qualifier, report)
      }
    }
  },
}

function checkQualifier(qualifier: PolicyQualifier, report: Report<Rule>): void {
  if (qualifier.kind === 'cps' && !isUri(qualifier.uri)) report('address-syntax', { name: qualifier.uri })
  if (qualifier.kind !== 'userNotice') return
  const { reference, explicitText, explicitTextType } = qualifier
  if (reference) report('notice-reference')
  // RFC 6818 §3 turned the order of string types round.
  if (explicitTextType === 'IA5String') report('notice-text-type', { type: explicitTextType }, RFC_6818)
  else if (explicitTextType) report('notice-text-less-preferred', { type: explicitTextType }, RFC_6818)
  if (explicitText === undefined) return
  const length = [...explicitText].length
  if (length > 200) report('notice-text-too-long', { length })
  if (/\p{Cc}/u.test(explicitText)) report('notice-text-control-character', {}, RFC_6818)
  if (explicitText.normalize('NFC') !== explicitText) report('notice-text-not-normalized', {}, RFC_6818)
}

const NONE: readonly PolicyInformation[] = []
const RFC_6818 = 'RFC 6818 §3'
