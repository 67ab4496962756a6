// zip.ts and unzip.ts are loaded by those who need them: they come with a library.

export type { Count, FileSource } from './file-source.ts'
export { accessToFile, readFileInParts } from './file-source.ts'
export type { Entry } from './gather.ts'
export { gather } from './gather.ts'
export type { AtExit, PartFile, PartFolder } from './part.ts'
export { partFile, partFolder } from './part.ts'
