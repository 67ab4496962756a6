// What a mail says, and what may be believed of it.

import type { Opened, SignerVerdict, VerifiedContent } from '../../cms/index.ts'
import type { PkiError } from '../../errors/index.ts'
import type { Mailbox } from '../mime/addresses.ts'
import type { HeaderField } from '../mime/fields.ts'
import type { MimePart } from '../mime/part.ts'

/** A mail that was read. */
export interface Mail {
  /** Signatures, seals and compressions around the whole mail, the outermost first. */
  readonly layers: readonly MailLayer[]
  /** What is inside all layers; where one could not be read, that one. Parts in it are nobody's but its own. */
  readonly content: MimePart
  /** The fields to show. They come from one place, never merged: from inside when they are protected, else from outside. */
  readonly fields: readonly MailField[]
  /** All fields as they travelled, which anyone may have written. */
  readonly outside: readonly HeaderField[]
  /** The only author; undefined when there is none, several, or a group. Show the address, not the name alone. */
  readonly from: Mailbox | undefined
  readonly signature: MailSignature
  /** Whether all of the content was sealed, and could be opened. */
  readonly sealed: boolean
  /** Whether showing the content may fetch anything: never from what was sealed, or it would be sent to whoever asks. */
  readonly mayFetch: boolean
  readonly warnings: readonly MailWarning[]
}

/**
 * `valid`: whoever `from` says signed the whole content, and all that was asked of them and of every signature around it
 * holds. `around-seal`: signed was only what is sealed, so the signer may not know the content. `invalid`: there are
 * signatures, and not all holds; see the layers. `none`: a mail like any other.
 */
export type MailSignature = 'valid' | 'invalid' | 'around-seal' | 'none'

/** One layer around the content of a mail, from the outside in. */
export type MailLayer = SignedLayer | SealedLayer | CompressedLayer

/** A signature. `error` instead of verdicts when there was nothing to judge. */
export interface SignedLayer {
  readonly kind: 'signed'
  readonly form: 'detached' | 'opaque'
  readonly verified?: VerifiedContent
  /** The signers, with the verdict whether they are who the mail is from, where this signature decides that. */
  readonly signers: readonly SignerVerdict[]
  readonly error?: PkiError
}

/** A seal; `error` when it stayed closed. */
export interface SealedLayer {
  readonly kind: 'sealed'
  readonly opened?: Opened
  readonly error?: PkiError
}

/** A layer that compresses: it protects nothing. */
export interface CompressedLayer {
  readonly kind: 'compressed'
  readonly error?: PkiError
}

/** A field to show. */
export interface MailField extends HeaderField {
  /** As people read it: encoded words decoded. For showing only, addresses are not to be taken from it. */
  readonly text: string
  /** Whether a valid signature is over it. */
  readonly signed: boolean
  /** Whether the sender kept it from those who carried the mail. */
  readonly hidden: boolean
}

/** What people should know of a mail besides its verdicts. */
export type MailWarning =
  /** Inside and outside disagree; an undefined side has no such field. */
  | {
      readonly kind: 'field-differs'
      readonly name: string
      readonly inside: string | undefined
      readonly outside: string | undefined
    }
  /** A field that there may be once (RFC 5322 §3.6) is there more often. */
  | { readonly kind: 'field-twice'; readonly name: string }
  /** No author, several, a group, or something that is no address. */
  | { readonly kind: 'from-unclear'; readonly value: string }
  /** The name of the author looks like another address. */
  | { readonly kind: 'from-misleading'; readonly name: string; readonly address: string }
  /** Somebody else sent the mail, as it says itself. */
  | { readonly kind: 'sender-differs'; readonly sender: string }
  /** An answer would go to somebody else, or to others too. */
  | { readonly kind: 'reply-differs'; readonly replyTo: string }
  /** Somebody else sent the mail on, as it says itself; anyone may write that. */
  | { readonly kind: 'resent'; readonly by: string }
  /** The mail shows another moment than the one at which it was signed, as its signer says: it may be an old one. */
  | { readonly kind: 'date-differs'; readonly date: string; readonly signingTime: Date }
  /** The mail was signed in CRLF and came in LF; it was verified and taken apart in CRLF. */
  | { readonly kind: 'line-ends-changed' }
  /** A part of the content is signed or sealed by itself. It was left alone, and says nothing of the mail. */
  | { readonly kind: 'protected-part'; readonly type: string }
  /** Anybody may have changed the content on its way: it was sealed without a tag, and nobody signed inside. */
  | { readonly kind: 'content-malleable' }
