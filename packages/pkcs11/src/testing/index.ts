export { MODULE, type SoftTokens, softTokens } from './soft-tokens.ts'
