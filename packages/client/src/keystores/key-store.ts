import type { KeySpec } from '@scel/pki'
import type { PrivateKey } from '@scel/pki/crypto'

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

export interface Installation {
  /** Name of the desk record that the certificate was asked from. */
  readonly desk: string
  readonly key: string
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  /** Protects the .p12 file; without one it is generated and stored beside the file. */
  readonly passphrase?: string
}

/** What TLS needs, PEM. Stores whose keys never leave hand out no key here. */
export interface TlsIdentity {
  readonly key: string
  readonly certificate: string
}

/** The verbs of every certificate store. A store is one file and one line in the list. */
export interface KeyStore {
  readonly name: string
  /** Whether this user can use the store. @throws machine_store_closed, file_unwritable */
  present(): Promise<void>
  list(): Promise<readonly Identity[]>
  /** Makes a key where it will live. */
  make(holder: Holder, spec: KeySpec): Promise<{ readonly key: string; readonly privateKey: PrivateKey }>
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
  /** @throws key_file_malformed */
  open(identity: Identity): Promise<TlsIdentity>
  /** A .p12 file with key, certificate and chain. */
  export(identity: Identity, passphrase: string): Promise<Uint8Array>
  remove(identity: Identity): Promise<void>
}
