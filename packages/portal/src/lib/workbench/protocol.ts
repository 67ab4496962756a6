// What the page asks of its worker, and what it is told. Files go over as handles, not as bytes: the worker reads them
// piece by piece. Private keys and plaintext stay in the worker.

import type { Wrapping } from '@scel/files/kinds'
import type { SignedFileFacts, StampFileFacts } from '@scel/files/verdicts'

/** Where the outcome goes: a file that the person chose, or wherever this browser has room until it is saved. */
export interface Target {
  readonly name: string
  readonly type: string
  readonly picked?: FileSystemFileHandle
}

/** The outcome, when it holds. */
export interface ResultFile {
  readonly name: string
  readonly size: number
  /** To be saved by the person; absent when it stands already where they chose. */
  readonly file?: File
  /** Of content that sealing made of several files: what is in it, or why nothing would take it apart. */
  readonly archive?: { readonly files: number } | { readonly refused: Failed } | undefined
}

/** Something that did not go, as data: errors of the library lose their code on the way between threads. */
export interface Failed {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
  /** Whose code it is. */
  readonly of: 'library' | 'page'
}

/** A certificate as the page shows it. */
export interface Card {
  readonly der: Uint8Array
  readonly name: string
  readonly emails: readonly string[]
  readonly subject: string
  readonly issuer: string
  readonly fingerprint: string
  /** Of the library's key table, or kind and size. */
  readonly key: string
  readonly notBefore: string
  readonly notAfter: string
}

/** A key that was unlocked. The key itself stays in the worker, under the fingerprint of its certificate. */
export interface Holder extends Card {
  readonly signs: boolean
  readonly receives: boolean
}

/** The authorities of the desk, DER each. */
export interface Trust {
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

/** Who vouches for a root that no person brought: there is one desk here. */
export type Voucher = 'this desk'

/** What a signed file is worth. */
export interface Verified {
  readonly facts: SignedFileFacts<Voucher>
  /** The content of a file that holds it, only when all verdicts hold. */
  readonly kept?: ResultFile
}

/** What a sealed file says before it is opened. */
export interface SealedCard {
  readonly cipher: string
  readonly recipients: number
  readonly passphrase: boolean
  /** It hides nothing, and needs neither. */
  readonly forAll: boolean
}

/** What was opened. */
export interface OpenedFile {
  readonly kept: ResultFile
  /** Whether a tag protected it from change. */
  readonly authenticated: boolean
}

/** A file, or one of a folder with its way there. */
export interface Item {
  readonly file: File
  readonly path: string
}

/** Everything the worker does: what it is given, and what it answers. */
export interface Work {
  unlock: { asked: { readonly file: File; readonly passphrase: string }; answer: Unlocked }
  forget: { asked: Readonly<Record<never, never>>; answer: undefined }
  unwrap: { asked: { readonly file: File; readonly wrapping: Wrapping }; answer: File }
  /** All certificates in a file. */
  card: { asked: { readonly file: File }; answer: readonly Card[] }
  /** Those in it that something can be sealed for. */
  receivers: { asked: { readonly file: File }; answer: readonly Card[] }
  describe: { asked: { readonly file: File }; answer: SealedCard }
  seal: { asked: SealAsked; answer: ResultFile }
  open: { asked: { readonly file: File; readonly passphrase?: string; readonly target: Target }; answer: OpenedFile }
  sign: { asked: SignAsked; answer: ResultFile }
  verify: { asked: VerifyAsked; answer: Verified }
  verifyStamp: { asked: VerifyStampAsked; answer: StampFileFacts<Voucher> }
}

export interface Unlocked {
  readonly holders: readonly Holder[]
  /** The file is protected by an old, weak method. */
  readonly weak: boolean
}

/**
 * Whom to seal for. Of somebody whom the desk named, all certificates that it has of them are checked first, and those that are good are sealed for; one
 * that the person brought is their choice.
 */
export interface SealFor {
  readonly ders: readonly Uint8Array[]
  readonly from: 'directory' | 'person'
}

export interface SealAsked {
  readonly items: readonly Item[]
  readonly recipients: readonly SealFor[]
  /** By which certificates of the directory are checked. */
  readonly trust: Trust
  readonly mixed: boolean
  readonly target: Target
}

export interface SignAsked {
  readonly items: readonly Item[]
  readonly detached: boolean
  /** Fingerprint of the certificate to sign with. */
  readonly signer: string
  readonly stamp?: StampAsked
  readonly target: Target
}

/** Where time stamps are asked for, on the portal's own origin, and under which roots, DER. */
export interface StampAsked {
  readonly path: string
  readonly roots: readonly Uint8Array[]
}

/** Whom to believe, and what is asked of revocation. */
export interface JudgeBy {
  readonly trust: Trust
  /** Roots that the person brought, DER: believed as well, by their own choice. */
  readonly brought: readonly Uint8Array[]
  readonly revocation: boolean
}

export interface VerifyAsked extends JudgeBy {
  readonly file: File
  readonly content?: File
  readonly email?: string
  readonly target: Target
}

/** A time stamp by itself, and the file that it is about. */
export interface VerifyStampAsked extends JudgeBy {
  readonly file: File
  readonly content: File
}

export type WorkName = keyof Work

/** From the page. */
export type Order =
  | { readonly [K in WorkName]: { readonly id: number; readonly do: K; readonly asked: Work[K]['asked'] } }[WorkName]
  | { readonly id: number; readonly do: 'abort' }
  /** Keys are forgotten at once; what was made is erased when whoever saves it has had time. */
  | { readonly do: 'leave' }

/** To the page. */
export type Report =
  | { readonly id: number; readonly is: 'progress'; readonly done: number }
  | { readonly id: number; readonly is: 'answer'; readonly answer: Work[WorkName]['answer'] }
  | { readonly id: number; readonly is: 'failed'; readonly failed: Failed }
