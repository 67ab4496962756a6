export { KitFile, KitRules, kitRulesDigest } from './kit-file.ts'
