// Whom a verdict rests on: which roots are believed, by whose word, and what cannot be answered by several desks at once.

export { decideTrust, type Grounds, type TrustDecision } from './decide-trust.ts'
export { type Following, judgingSignatures, judgingStamps } from './judging.ts'
export { type Trust, trustIn } from './trust.ts'
export { rootsOf, type TrustedRoot } from './trusted-root.ts'
