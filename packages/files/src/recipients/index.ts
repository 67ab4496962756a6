// Whom something may be sealed for: which certificates of a file or a person are meant, and what speaks against one.

export { checkRecipient, type RecipientPath, type RecipientQuestion } from './check-recipient.ts'
export { personKey } from './person-key.ts'
export { receiversAmong } from './receivers-among.ts'
export { isStatusUnknown, sealableAmong } from './sealable-among.ts'
