import { secretSuites } from './secrets.ts'
import { signatureSuites } from './signatures.ts'
import type { Runnable } from './suite.ts'
import { symmetricSuites } from './symmetric.ts'

export const WYCHEPROOF: readonly Runnable[] = [...signatureSuites, ...secretSuites, ...symmetricSuites]
