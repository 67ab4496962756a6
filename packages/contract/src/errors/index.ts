export { DeskError, hasDeskCode, isDeskError, refuse } from './desk-error.ts'
export type { DeskErrorCode, DeskErrorFacts } from './facts.ts'
export { Problem } from './problem.ts'
export { DESK_ERROR_CODES, type ErrorCode, LANGUAGES, type Language, SENTENCES, type Sentence } from './sentences.ts'
