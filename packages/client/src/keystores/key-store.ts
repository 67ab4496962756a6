import type { SecureContextOptions } from 'node:tls'
import type { KeySpec } from '@scel/pki'
import type { Key, PrivateKey } from '@scel/pki/crypto'

/** Whose certificate it is. */
export interface Holder {
  /** Name of the desk record (see `deskName`) that the key was made for; absent where it came from elsewhere. */
  readonly desk?: string
  /** Common name; of a key that came from elsewhere what people call its holder by. */
  readonly name: string
}

/** A subject at a desk. */
export interface DeskHolder extends Holder {
  readonly desk: string
}

/** A certificate and what stands above it: DER. */
export interface Certified {
  readonly certificate: Uint8Array
  /** The authorities between it and its root, its issuer first. */
  readonly chain: readonly Uint8Array[]
  /** Absent where nobody said it: a certificate from elsewhere often comes without. */
  readonly root?: Uint8Array
}

/** A key that comes from elsewhere, with its certificate. */
export interface Material extends Certified {
  readonly key: PrivateKey
}

/** A key in a store, and its certificate once that is there. */
export interface Identity {
  readonly holder: Holder
  /** Names the key within its holder, see `keyId`. */
  readonly key: string
  /** Where a person finds it. */
  readonly place: string
  readonly madeAt: Date
  readonly certificate?: Uint8Array
  readonly chain: Certified['chain']
  readonly root?: Uint8Array
  /** Whether this is the one that programs are pointed at: the newest of its holder at a desk, and each that came from elsewhere. */
  readonly current: boolean
}

/** A certificate to be put beside its key. */
export interface Installation extends Certified {
  /** Name of the desk record that the certificate was asked from. */
  readonly desk: string
  readonly key: string
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

export interface AdoptionWish {
  /** Also in the place of another certificate of the same key. @default false */
  readonly replace?: boolean
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
  make(holder: DeskHolder, spec: KeySpec): Promise<MadeKey>
  /**
   * Puts a certificate beside its key, which was made for that desk, and points programs at it. Done twice, it changes
   * nothing and says so. @throws certificate_key_absent
   */
  add(installation: Installation): Promise<{ readonly changed: boolean; readonly identity: Identity }>
  /**
   * The identity of a key that was made for a desk; without one, of a key that came from elsewhere. The keys of others are not looked at:
   * public keys are known to whoever has seen a certificate, and a desk can certify any of them.
   */
  find(desk: string | undefined, key: string): Promise<Identity | undefined>
  /**
   * Takes in a key that was made elsewhere, for no desk. Done twice, it changes nothing and says so. Another certificate of the same key takes
   * the place of the present one where that is wished for.
   * @throws adopted_key_other, adopted_certificate_other, certificates_too_large, and what the store throws
   */
  adopt(material: Material, wish?: AdoptionWish): Promise<{ readonly changed: boolean; readonly identity: Identity }>
  /** The private key, to be taken elsewhere. A store out of which no key leaves has no such verb. @throws key_file_malformed */
  readonly export?: (identity: Identity) => Promise<PrivateKey>
  /** The key, for signing and opening. @throws key_file_malformed */
  use(identity: Identity): Promise<Key>
  /** For mutual TLS, with the certificate and those above it but the root. @throws key_file_malformed */
  tls(identity: Identity): Promise<TlsMaterial>
  remove(identity: Identity): Promise<void>
}
