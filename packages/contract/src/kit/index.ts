export { DESK_STATEMENT_PURPOSE, DeskStatement, type DeskWord, SignedStatement } from './desk-statement.ts'
export { KIT_FORMAT, KitFile, KitRules, kitRulesDigest } from './kit-file.ts'
export { type NoStatement, OLDEST_LIST, readStatement } from './read-statement.ts'
