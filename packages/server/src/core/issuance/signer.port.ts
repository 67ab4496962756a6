import type { KeyChoice } from '@scel/contract/values'
import type { Key } from '@scel/pki/crypto'

/** A private key of the desk, open for signing. */
export interface Signer {
  readonly keyId: string
  /** Wherever it is. Asked for at each use and not kept. @throws DeskError authority_unavailable once it is closed */
  readonly key: Key
  /** Drops the key from memory. */
  close(): void
}

/**
 * Where the keys of ceremonies (the roots') are: `shared` with those of daily work, under one secret; or under a passphrase of
 * their own, which is now `open`, or `away`.
 */
export type RootCustody = 'shared' | 'open' | 'away'

/**
 * What a key is made for, which decides where it is kept: a root's lies apart from those of daily work, where the operator wants
 * it so; the listener's alone can be exported, because another program (TLS) must hold it. The log's is in a file:
 * few tokens sign with Ed25519.
 */
export type KeyUse = 'root' | 'authority' | 'responder' | 'time-stamp' | 'statement' | 'listener' | 'log'

/** Kinds of keys that the desk makes for itself: those that it certifies, and the one that signs heads of its log. */
export type OwnKeySpec = KeyChoice | 'ed25519'

/** Custody of the desk's keys: one file per kind in `custody/`, the same verbs. */
export interface Signers {
  /**
   * Makes a key, durable when it returns.
   * @throws DeskError root_passphrase_needed for a root's while that is away, token_unavailable
   */
  generate(keyId: string, spec: OwnKeySpec, use: KeyUse): Promise<Uint8Array>
  has(keyId: string): Promise<boolean>
  /**
   * @throws DeskError authority_unavailable when there is no such key or it does not open, root_passphrase_needed when it is a
   *   root's whose passphrase is away, token_unavailable when it is in a token that does not answer
   */
  open(keyId: string): Promise<Signer>
  /** Asked anew each time: another process may have moved the roots' keys. */
  rootCustody(): Promise<RootCustody>
  /** PKCS#8, DER, of the listener's key. @throws DeskError authority_unavailable otherwise */
  exportKey(keyId: string): Promise<Uint8Array>
}
