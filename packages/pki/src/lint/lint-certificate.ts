// Judges a certificate before it is signed. After the signature it is too late: it exists.

import { isPkiError } from '../errors/index.ts'
import type { LintFinding, LintOptions } from './finding.ts'
import { bench, DEFAULT_SUITES, run, unreadable } from './finding.ts'
import type { LintSubject } from './rule.ts'
import { RULES } from './rules.ts'
import { readSubject } from './subject.ts'

/**
 * Findings over a TBSCertificate, in the order of the rules. Without one of severity `error` it may be signed.
 * A certificate that exists has these bytes in `signedBytes`. It throws nothing: what cannot be read is a finding.
 * @param tbs TBSCertificate, DER (RFC 5280 §4.1.2)
 * @example
 * const findings = lintCertificate(sample.person.certificate.signedBytes)
 * assert.deepEqual(findings.filter(({ severity }) => severity === 'error'), [])
 * assert.equal(lintCertificate(new Uint8Array(3))[0]?.rule, 'rfc5280/well-formed')
 */
export function lintCertificate(
  tbs: Uint8Array,
  { suites = DEFAULT_SUITES, at }: LintOptions = {},
): readonly LintFinding[] {
  const findings: LintFinding[] = []
  let subject: LintSubject
  try {
    subject = readSubject(tbs, at, (extension, { code, facts }) => {
      findings.push(unreadable('extension', 'RFC 5280 §4.2', { extension, code, ...facts }))
    })
  } catch (error) {
    if (!isPkiError(error)) throw error
    return [unreadable('unreadable', 'RFC 5280 §4.1', { code: error.code, ...error.facts })]
  }
  run(BENCH, subject, suites, findings, subject.role)
  return findings
}

const BENCH = bench<LintSubject>(RULES)
