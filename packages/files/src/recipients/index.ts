// Whom something may be sealed for: which certificates of a file are meant, and what speaks against one.

export { checkRecipient, type RecipientPath, type RecipientQuestion } from './check-recipient.ts'
export { receiversAmong } from './receivers-among.ts'
