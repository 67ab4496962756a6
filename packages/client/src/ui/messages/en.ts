export { FAILURES_EN } from './failures.en.ts'
export { HELP_EN } from './help.en.ts'
export { TEXTS_EN } from './texts.en.ts'
