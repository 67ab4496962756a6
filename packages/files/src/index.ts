// Work on files, once for all programs: import the folders (`@scel/files/kinds`, …), not this page.
export { ArchiveRefused, isOurZip, nameFault } from './archives/index.ts'
export { addressesOf, certificateFacts, nameOf } from './certificates/index.ts'
export { type FileKind, fileKind, HEAD } from './kinds/index.ts'
export { contentName, sealedName, signedName } from './names/index.ts'
export { certificatesIn, objectsIn } from './objects/index.ts'
export { checkRecipient, receiversAmong } from './recipients/index.ts'
export { decideTrust, rootsOf, type TrustedRoot } from './trust/index.ts'
export { type SignedFileFacts, signedFileFacts, stampFileFacts, type VerdictFacts } from './verdicts/index.ts'
