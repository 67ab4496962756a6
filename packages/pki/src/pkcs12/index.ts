export type { Pkcs12 } from './read.ts'
export { readPkcs12 } from './read.ts'
export type { Pkcs12Input } from './write.ts'
export { writePkcs12 } from './write.ts'
