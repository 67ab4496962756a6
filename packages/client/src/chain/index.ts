export { drawChain } from './draw.ts'
export { policyLines, reasonLines, refusedPaths } from './reasons.ts'
