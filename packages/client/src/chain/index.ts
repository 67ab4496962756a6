export { drawChain } from './draw.ts'
export { missingIssuer, policyLines, reasonLines, refusedPaths } from './reasons.ts'
export type { Step } from './steps.ts'
export { stepsOf } from './steps.ts'
