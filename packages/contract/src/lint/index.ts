export { lintClause } from './clause.ts'
export type { SuiteSentences } from './sentences.ts'
export { LINT_SENTENCES, LINT_SUITE_NAMES, lintSentence } from './sentences.ts'
