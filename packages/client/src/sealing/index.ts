// zip.ts and unzip.ts are loaded by those who need them: they come with a library.

export type { Count } from './file-source.ts'
export { accessToFile, readFileInParts } from './file-source.ts'
export { gather } from './gather.ts'
export type { PartFile } from './part.ts'
export { partFile, partFolder } from './part.ts'
