export type { SuiteSentences } from './sentences.ts'
export { LINT_SENTENCES, LINT_SUITE_NAMES, lintSentence } from './sentences.ts'
