// Judges a certificate before it is signed. After the signature it is too late: it exists.

import { isPkiError } from '../errors/index.ts'
import type { LintFacts, LintRule, LintRuleName, LintSeverity, LintSubject, LintSuite } from './rule.ts'
import { RULES, suiteOf } from './rules.ts'
import { readSubject } from './subject.ts'

export interface LintFinding {
  readonly rule: LintRuleName
  /** What the rule found, such as `negative`: permanent, as the rule's name is. */
  readonly problem: string
  readonly clause: string
  readonly severity: LintSeverity
  readonly facts: LintFacts
}

export interface LintOptions {
  /** Documents to judge by. @default rfc5280 and scel, which the desk signs by */
  readonly suites?: readonly LintSuite[]
  /** The moment whose rules apply, for documents that change by date. @default the certificate's notBefore */
  readonly at?: Date
}

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
    subject = readSubject(tbs, at, (extension, error) => {
      findings.push(unreadable('extension', { extension, code: error.code, ...error.facts }))
    })
  } catch (error) {
    if (!isPkiError(error)) throw error
    return [unreadable('unreadable', { code: error.code, ...error.facts })]
  }
  for (const [name, rule] of ENTRIES) {
    if (!suites.includes(suiteOf(name)) || rule.roles?.includes(subject.role) === false) continue
    rule.check(subject, (problem, facts = {}, clause = rule.clause) => {
      const severity = rule.problems[problem]!
      findings.push(Object.freeze({ rule: name, problem, clause, severity, facts: Object.freeze(facts) }))
    })
  }
  return findings
}

const unreadable = (problem: string, facts: LintFacts): LintFinding =>
  Object.freeze({
    rule: 'rfc5280/well-formed',
    problem,
    clause: problem === 'extension' ? 'RFC 5280 §4.2' : 'RFC 5280 §4.1',
    severity: 'error',
    facts,
  })

/** A rule whose name is not looked at: its problems are texts, their facts whatever comes with them. */
interface AnyRule extends Pick<LintRule<LintRuleName>, 'clause' | 'roles'> {
  readonly problems: Readonly<Record<string, LintSeverity>>
  readonly check: (subject: LintSubject, report: (problem: string, facts?: LintFacts, clause?: string) => void) => void
}

const ENTRIES = Object.entries(RULES) as unknown as readonly (readonly [LintRuleName, AnyRule])[]
const DEFAULT_SUITES: readonly LintSuite[] = Object.freeze(['rfc5280', 'scel'])
