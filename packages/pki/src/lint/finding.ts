import type { LintFacts, LintRole, LintRule, LintRuleName, LintSeverity, LintSuite } from './rule.ts'

/** One thing that a rule finds wrong, without words: `@scel/contract/lint` says it in both languages. */
export interface LintFinding {
  readonly rule: LintRuleName
  /** What the rule found, such as `negative`: permanent, as the rule's name is. */
  readonly problem: string
  readonly clause: string
  readonly severity: LintSeverity
  readonly facts: LintFacts
}

/** Which documents are asked, and as of when. */
export interface LintOptions {
  /** Documents to judge by. @default rfc5280 and scel, which the desk signs by */
  readonly suites?: readonly LintSuite[]
  /** The moment whose rules apply, for documents that change by date. @default the certificate's notBefore */
  readonly at?: Date
}

/** Rules of one kind of object, ready to run. */
export type Bench<S> = readonly Entry<S>[]

interface Entry<S> {
  readonly name: LintRuleName
  readonly suite: LintSuite
  readonly rule: AnyRule<S>
}

/** A rule whose name is not looked at: its problems are texts, their facts whatever comes with them. */
interface AnyRule<S> extends Pick<LintRule<LintRuleName>, 'clause' | 'roles'> {
  readonly problems: Readonly<Record<string, LintSeverity>>
  readonly check: (subject: S, report: (problem: string, facts?: LintFacts, clause?: string) => void) => void
}

/** The rules of a written list, in its order. */
export const bench = <S>(rules: object): Bench<S> =>
  (Object.entries(rules) as [LintRuleName, AnyRule<S>][]).map(([name, rule]) => ({
    name,
    suite: name.slice(0, name.indexOf('/')) as LintSuite,
    rule,
  }))

/** Adds what the rules of these documents find. */
export function run<S>(
  entries: Bench<S>,
  subject: S,
  suites: readonly LintSuite[],
  findings: LintFinding[],
  role?: LintRole,
): void {
  let current: Entry<S>
  const report = (problem: string, facts: LintFacts = {}, clause: string = current.rule.clause): void => {
    const { name, rule } = current
    const severity = rule.problems[problem]!
    findings.push(Object.freeze({ rule: name, problem, clause, severity, facts: Object.freeze(facts) }))
  }
  // Every certificate that is issued passes here, so nothing is made for a rule that finds nothing.
  for (const entry of entries) {
    const { suite, rule } = entry
    if (!suites.includes(suite) || (role && rule.roles && !rule.roles.includes(role))) continue
    current = entry
    rule.check(subject, report)
  }
}

/** What could not be read, as a finding. */
export const unreadable = (problem: 'unreadable' | 'extension', clause: string, facts: LintFacts): LintFinding =>
  Object.freeze({ rule: 'rfc5280/well-formed', problem, clause, severity: 'error', facts: Object.freeze(facts) })

export const DEFAULT_SUITES: readonly LintSuite[] = Object.freeze(['rfc5280', 'scel'])
