import type { GeneralName } from '../../x509/index.ts'
import { parseIpAddress } from '../../x509/index.ts'
import { isHostName, isMailbox } from '../names.ts'
import type { LintContent, LintRule, Report } from '../rule.ts'

type Rule = 'rfc5280/name-constraints'

export const nameConstraints: LintRule<Rule, LintContent> = {
  clause: 'RFC 5280 §4.2.1.10',
  problems: {
    'not-critical': 'error',
    'only-for-authorities': 'error',
    'unusual-name-form': 'warning',
    'base-syntax': 'error',
    'address-without-mask': 'error',
    'mask-not-contiguous': 'error',
  },
  check: (certificate, report) => {
    const criticality = certificate.criticality('nameConstraints')
    if (criticality === 'absent') return
    if (criticality !== 'critical') report('not-critical')
    if (!certificate.isAuthority) report('only-for-authorities')
    const constraints = certificate.value('nameConstraints')
    for (const base of [...(constraints?.permitted ?? []), ...(constraints?.excluded ?? [])]) checkBase(base, report)
  },
}

function checkBase(base: GeneralName, report: Report<Rule>): void {
  switch (base.kind) {
    case 'dNSName':
      // The empty name is the base of all; a leading dot or asterisk is none of this name's syntax.
      if (base.value !== '' && !isHostName(base.value)) report('base-syntax', { name: base.value })
      return
    case 'uri':
      // "MUST be specified as a fully qualified domain name": a single label is none.
      if (!isDomain(base.value) || !base.value.includes('.')) report('base-syntax', { name: base.value })
      return
    case 'rfc822Name':
      if (base.value !== '' && !isDomain(base.value) && !isMailbox(base.value)) {
        report('base-syntax', { name: base.value })
      }
      return
    case 'iPAddress':
      if (base.value.includes('/')) checkMask(base.value, report)
      else report('address-without-mask', { name: base.value })
      return
    case 'registeredID':
    case 'unread':
      report('unusual-name-form', { kind: base.kind === 'unread' ? 'x400Address, ediPartyName' : base.kind })
      return
    default:
  }
}

/** A host, or a domain with a leading dot, which stands for all hosts in it. */
const isDomain = (text: string): boolean => isHostName(text.replace(/^\./, ''))

/** "in the style of RFC 4632 (CIDR)": ones, then zeros. */
function checkMask(text: string, report: Report<Rule>): void {
  const octets = parseIpAddress(text)
  const bits = [...octets.subarray(octets.length / 2)].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  if (bits.includes('01')) report('mask-not-contiguous', { name: text })
}
