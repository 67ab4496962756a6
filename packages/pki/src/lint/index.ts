export type { LintFinding, LintOptions } from './lint-certificate.ts'
export { lintCertificate } from './lint-certificate.ts'
export type { LintProblems } from './problems.ts'
export type {
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
export { LINT_SUITES, RULES } from './rules.ts'
