// Archives that several files or a folder are sealed as. What makes and reads them (`/write`, `/read`) comes with a library,
// and is loaded by those who need it.

export { hasHiddenLetters } from './hidden-letters.ts'
export { MOST_ENTRIES } from './limits.ts'
export { isOurZip, MARK } from './mark.ts'
export { type NameFault, nameFault } from './name-fault.ts'
export { accessTo, type RandomAccess } from './random-access.ts'
export { type ArchiveReason, ArchiveRefused } from './refusal.ts'
