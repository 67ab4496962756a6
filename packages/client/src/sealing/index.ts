// zip.ts and unzip.ts are loaded by those who need them: they come with a library.

export { type ContentToSeal, contentToSeal } from './content-to-seal.ts'
export { deliverPart } from './deliver-part.ts'
export { accessToFile, readFileInParts } from './file-source.ts'
export { type NamelessPart, namelessPart } from './nameless-part.ts'
export type { PartFile } from './part.ts'
export { partFile } from './part.ts'
export { piecesOf } from './pieces.ts'
export { type Unpacked, unpackTo } from './unpack-to.ts'
