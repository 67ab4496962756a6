import type { Key } from '../crypto/index.ts'
import type { Certificate, Name } from '../x509/index.ts'
import type { Progress } from './sink.ts'

/** A private key, wherever it is, and the certificate under which messages name it. */
export interface DecryptionKey {
  readonly certificate: Certificate
  readonly key: Key
}

/** A key that sender and recipient have had before. */
export interface SecretKey {
  readonly identifier: Uint8Array
  readonly key: Uint8Array
}

/** With what content is opened: keys, a passphrase, and what is allowed. */
export interface OpenOptions {
  /** Only those that the message names are used, whatever else is here. */
  readonly keys?: readonly DecryptionKey[]
  readonly passphrase?: string
  readonly secretKeys?: readonly SecretKey[]
  /** The key of EncryptedData, which names no recipient. */
  readonly contentKey?: Uint8Array
  /** Reads CompressedData, up to this many octets of content. @default it is refused */
  readonly decompress?: { readonly limit: number }
  readonly signal?: AbortSignal
  readonly progress?: Progress
  /** What is weak and read for archives only. */
  readonly danger?: {
    /** Triple DES, RC2 and DES. */
    readonly oldCiphers?: true
    /** Tags of 12 to 15 octets, which are guessed more easily than those of 16. */
    readonly shortTags?: true
  }
}

/** The structures of CMS that hold content for somebody. */
export type SealedStructure =
  | 'authEnvelopedData'
  | 'envelopedData'
  | 'encryptedData'
  | 'authenticatedData'
  | 'digestedData'
  | 'compressedData'

/** How a recipient gets at the key. */
export type RecipientKind =
  | 'key-transport'
  | 'key-agreement'
  | 'key-encapsulation'
  | 'passphrase'
  | 'secret-key'
  | 'other'

/** What a message says of one recipient. Nobody vouches for it. */
export interface RecipientFacts {
  readonly kind: RecipientKind
  /** Name of the algorithm, or its OID where it is not known here. */
  readonly algorithm: string
  /** Issuer and serial number of the certificate, … */
  readonly issuer?: Name
  readonly serialHex?: string
  /** … or its key identifier, or the identifier of the secret key. */
  readonly keyIdentifier?: Uint8Array
}

/** What can be told of a message without a key. */
export interface SealedFacts {
  readonly structure: SealedStructure
  /** OID of the content. */
  readonly contentType: string
  /** Name of the cipher, or its OID where it is not known here; empty where nothing is encrypted. */
  readonly cipher: string
  readonly recipients: readonly RecipientFacts[]
}

/** What was opened. */
export interface Opened extends SealedFacts {
  /** Whether a tag protected the content from change. It says nothing of who sealed it. */
  readonly authenticated: boolean
  /** By whose key; undefined where the structure has no recipients. */
  readonly recipient?: RecipientFacts
  /** Of the content, in octets. */
  readonly length: number
}
