export type { Exception, Vectors, Verdict } from './vectors.ts'
export { judge, settle, vectorFolder, vectors } from './vectors.ts'
