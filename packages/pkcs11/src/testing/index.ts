export { MODULE, moduleProcesses, type SoftTokens, softTokens } from './soft-tokens.ts'
