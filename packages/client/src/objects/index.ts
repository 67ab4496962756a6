export type { Found, PrivateKeyKind } from './found.ts'
export { isPrivateKey } from './found.ts'
export { objectsIn } from './objects-in.ts'
export { onePiece } from './one-piece.ts'
