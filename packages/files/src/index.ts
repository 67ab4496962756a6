// Work on files, once for all programs: import the folders (`@scel/files/kinds`, …), not this page.
export { type FileKind, fileKind, HEAD } from './kinds/index.ts'
export { contentName, sealedName, signedName } from './names/index.ts'
