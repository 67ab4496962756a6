import { isPkiError } from '../errors/index.ts'
import { parseRequest } from '../x509/index.ts'
import type { LintFinding, LintOptions } from './finding.ts'
import { bench, DEFAULT_SUITES, run, unreadable } from './finding.ts'
import type { LintContent } from './rule.ts'
import { REQUEST_RULES } from './rules.ts'
import { readExtensionValues } from './subject.ts'

/**
 * Findings over a certification request: the rules for certificates that what it wishes for would meet or break.
 * Whether it is signed by its own key is for `verifyRequest`. It throws nothing: what cannot be read is a finding.
 * @param der the request, DER (RFC 2986 §4.2)
 * @example
 * assert.deepEqual(lintRequest(sample.request), [])
 */
export function lintRequest(
  der: Uint8Array,
  { suites = DEFAULT_SUITES }: Pick<LintOptions, 'suites'> = {},
): readonly LintFinding[] {
  const findings: LintFinding[] = []
  let subject: LintContent
  try {
    const request = parseRequest(der)
    const extensions = readExtensionValues(request.extensions, (extension, { code, facts }) => {
      findings.push(unreadable('extension', 'RFC 5280 §4.2', { extension, code, ...facts }))
    })
    const isAuthority = extensions.value('basicConstraints')?.ca === true
    const role = isAuthority ? 'subordinate' : 'end'
    subject = { ...request, ...extensions, signature: request.signatureAlgorithm, role, isAuthority }
  } catch (error) {
    if (!isPkiError(error)) throw error
    return [unreadable('unreadable', 'RFC 2986 §4', { code: error.code, ...error.facts })]
  }
  run(BENCH, subject, suites, findings, subject.role)
  return findings
}

const BENCH = bench<LintContent>(REQUEST_RULES)
