export type { Mailbox } from './mime/addresses.ts'
export { partContent, partName, partText } from './mime/content.ts'
export type { HeaderField } from './mime/fields.ts'
export type { MimeLimits } from './mime/limits.ts'
export type { ParameterField } from './mime/parameters.ts'
export type { MimePart } from './mime/part.ts'
export { readMime } from './mime/read.ts'
export type { TransferEncoding } from './mime/transfer-encoding.ts'
export type {
  CompressedLayer,
  Mail,
  MailField,
  MailLayer,
  MailSignature,
  MailWarning,
  SealedLayer,
  SignedLayer,
} from './reading/mail.ts'
export type { ReadMailOptions } from './reading/options.ts'
export { readMail } from './reading/read-mail.ts'
export { buildMail } from './writing/build-mail.ts'
export type { Attachment, MailDraft } from './writing/draft.ts'
export type { HiddenFields } from './writing/header-protection.ts'
export type { MailReader } from './writing/mail-cipher.ts'
export { mailCipher } from './writing/mail-cipher.ts'
export type { SealMailOptions } from './writing/seal-mail.ts'
export { sealMail } from './writing/seal-mail.ts'
export type { SignMailOptions } from './writing/sign-mail.ts'
export { signMail } from './writing/sign-mail.ts'
