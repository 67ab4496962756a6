import type { LintCrl, LintRule } from '../rule.ts'
import { hasWrongParameters } from './signature.ts'
import { expectedTag } from './validity.ts'

export const crlFields: LintRule<'rfc5280/crl-fields', LintCrl> = {
  clause: 'RFC 5280 §5.1.2',
  problems: {
    'version-1': 'error',
    'empty-issuer': 'error',
    'no-next-update': 'error',
    'ends-before-it-begins': 'error',
    'wrong-time-type': 'error',
    'empty-entries': 'error',
    'signature-parameters': 'error',
  },
  check: ({ version, issuer, thisUpdate, nextUpdate, timeTags, hasEmptyEntries, signatureAlgorithm }, report) => {
    if (version === 1) report('version-1', {}, 'RFC 5280 §5.1.2.1')
    if (issuer.rdns.length === 0) report('empty-issuer', {}, 'RFC 5280 §5.1.2.3')
    if (timeTags[0] !== expectedTag(thisUpdate)) report('wrong-time-type', { field: 'thisUpdate' })
    // "When there are no revoked certificates, the revoked certificates list MUST be absent."
    if (hasEmptyEntries) report('empty-entries', {}, 'RFC 5280 §5.1.2.6')
    if (hasWrongParameters(signatureAlgorithm)) {
      report('signature-parameters', { oid: signatureAlgorithm.oid }, 'RFC 5280 §5.1.1.2')
    }
    if (!nextUpdate) {
      report('no-next-update', {}, 'RFC 5280 §5.1.2.5')
      return
    }
    if (nextUpdate < thisUpdate) report('ends-before-it-begins', {}, 'RFC 5280 §5.1.2.5')
    if (timeTags[1] !== expectedTag(nextUpdate)) report('wrong-time-type', { field: 'nextUpdate' })
  },
}
