import type { Mailbox } from '../mime/addresses.ts'

/** A mail to be written. Texts are as people read them; what needs encoding is encoded. */
export interface MailDraft {
  readonly from: Mailbox
  readonly to: readonly Mailbox[]
  readonly cc?: readonly Mailbox[]
  readonly subject: string
  /** The moment that the mail states. */
  readonly date: Date
  /** Without angle brackets. @default 128 random bits at the domain of `from` */
  readonly messageId?: string
  /** Message-ID of the mail that this one answers, without angle brackets. */
  readonly inReplyTo?: string
  readonly text: string
  /** The same for programs that show HTML. */
  readonly html?: string
  readonly attachments?: readonly Attachment[]
}

/** A file that goes with a mail. */
export interface Attachment {
  readonly name: string
  /** Media type. @default application/octet-stream */
  readonly type?: string
  readonly content: Uint8Array
}
