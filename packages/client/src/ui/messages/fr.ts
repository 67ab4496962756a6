export { FAILURES_FR } from './failures.fr.ts'
export { HELP_FR } from './help.fr.ts'
export { TEXTS_FR } from './texts.fr.ts'
