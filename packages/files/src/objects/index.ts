// What a file of keys, certificates and the like holds: PEM with any number of objects, DER or JWK, told apart but not yet read.

export { certificatesIn } from './certificates-in.ts'
export type { FoundObject, PrivateKeyKind } from './found.ts'
export { isPrivateKey } from './found.ts'
export { objectsIn } from './objects-in.ts'
export { onePiece } from './one-piece.ts'
