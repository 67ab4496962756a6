export type { LintFinding, LintOptions } from './finding.ts'
export { lintCertificate } from './lint-certificate.ts'
export { lintCrl } from './lint-crl.ts'
export { lintRequest } from './lint-request.ts'
export type { LintProblems } from './problems.ts'
export type {
  LintContent,
  LintCrl,
  LintFacts,
  LintProblem,
  LintRole,
  LintRule,
  LintRuleName,
  LintSeverity,
  LintSubject,
  LintSuite,
  Report,
} from './rule.ts'
export { CRL_RULES, LINT_SUITES, REQUEST_RULES, RULES } from './rules.ts'
