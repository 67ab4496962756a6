export type { LintFinding } from './lint-certificate.ts'
export { lintCertificate } from './lint-certificate.ts'
export type { LintFacts, LintRule, LintSubject } from './rule.ts'
export { RULES } from './rules.ts'
