import type { SecureContextOptions } from 'node:tls'
import type { KeySpec } from '@scel/pki'
import type { Key } from '@scel/pki/crypto'

/** Whose certificate it is: a subject at a desk. */
export interface Holder {
  /** Name of the desk record (see `deskName`). */
  readonly desk: string
  /** Common name. */
  readonly name: string
}

/** A key in a store, and its certificate once that is there. */
export interface Identity {
  readonly holder: Holder
  /** Names the key within its holder, see `keyId`. */
  readonly key: string
  /** Where a person finds it. */
  readonly place: string
  readonly madeAt: Date
  /** DER; the chain begins with the issuer and ends with the root. */
  readonly certificate?: Uint8Array
  readonly chain: readonly Uint8Array[]
  /** Whether this is the one that programs are pointed at. */
  readonly current: boolean
}

/** A certificate to be put beside its key. */
export interface Installation {
  /** Name of the desk record that the certificate was asked from. */
  readonly desk: string
  readonly key: string
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  /** Protects the .p12 file; without one it is generated and stored beside the file. */
  readonly passphrase?: string
}

/** What a TLS context is made of: certificates, and the key itself or the engine that signs with it where it is. */
export type TlsMaterial = Pick<SecureContextOptions, 'cert' | 'key' | 'privateKeyEngine' | 'privateKeyIdentifier'> & {
  /** Why the key did not sign, of one that is elsewhere: the handshake itself says nothing of that. */
  readonly failure?: () => unknown
}

/** A key that was just made. */
export interface MadeKey {
  /** Names it, see `keyId`. */
  readonly key: string
  /** For its certificate request. */
  readonly use: Key
}

/** The verbs of every certificate store. What the keys are used for goes through `Key`, so that none has to leave. */
export interface KeyStore {
  /** As `--store` names it. */
  readonly name: string
  /** Whether this user can use the store. @throws machine_store_closed, file_unwritable */
  present(): Promise<void>
  /**
   * @param unreadable told of each folder of a key that is damaged, which is then left out; without it, the first one ends the list
   * @throws key_file_malformed, what the library throws of a certificate
   */
  list(unreadable?: (error: unknown, folder: string) => void): Promise<readonly Identity[]>
  /** Makes a key where it will live. */
  make(holder: Holder, spec: KeySpec): Promise<MadeKey>
  /**
   * Puts a certificate beside its key, which was made for that desk, and points programs at it. Done twice, it changes
   * nothing and says so. @throws certificate_key_absent
   */
  add(installation: Installation): Promise<{ readonly changed: boolean; readonly identity: Identity }>
  /**
   * The identity of a key that was made for a desk. The keys of others are not looked at: public keys are known to
   * whoever has seen a certificate, and a desk can certify any of them.
   */
  find(desk: string, key: string): Promise<Identity | undefined>
  /** The key, for signing and opening. @throws key_file_malformed */
  use(identity: Identity): Promise<Key>
  /** For mutual TLS, with the certificate and those above it but the root. @throws key_file_malformed */
  tls(identity: Identity): Promise<TlsMaterial>
  remove(identity: Identity): Promise<void>
}
