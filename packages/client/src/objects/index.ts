export type { DerKind, Found, FoundDer } from './found.ts'
export { isPrivateKey } from './found.ts'
export { objectsIn } from './objects-in.ts'
