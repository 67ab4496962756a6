// What a PKCS #12 file may hold, and what its reader may be asked for.

import type { AnyPrivateKey, ImportOptions } from '../crypto/index.ts'

/** What a reader takes beyond a file of today with one passphrase. */
export interface Pkcs12Options extends ImportOptions {
  /** The passphrase of the keys, when it is not that of the file. */
  readonly keyPassphrase?: string
  /** Also open a file that has no authentication code: whoever passed it on may have changed it. @default false */
  readonly allowWithoutMac?: boolean
  /** Also open what is under 3DES or RC2, as files for Apple, Android and old Windows are. @default false */
  readonly dangerOldCiphers?: boolean
  /** Ends the derivation of keys, which may take seconds: as much as 20 million rounds of PBKDF2 with SHA-256. */
  readonly signal?: AbortSignal
}

/** A private key in a file, with the certificate found for it. */
export interface Pkcs12Key<Key extends AnyPrivateKey = AnyPrivateKey> {
  readonly key: Key
  /** The certificate for this key, DER; undefined when the file has none. */
  readonly certificate?: Uint8Array
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
}

/** A certificate in a file, with what its writer noted about it. */
export interface Pkcs12Certificate {
  readonly der: Uint8Array
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
  /** OIDs of the purposes that a Java key store trusts it for. */
  readonly trustedFor?: readonly string[]
}

/** How a file is protected, in names for people. */
export interface Pkcs12Protection {
  /** `HMAC SHA-256`, `PBMAC1 SHA-256`; undefined when there is no authentication code. */
  readonly mac?: string
  /** The schemes met, each once: `PBES2 AES-256-CBC`, `PKCS #12 RC2-40`. */
  readonly encryption: readonly string[]
  /** Whether one of them is broken or too short, or a key is not encrypted at all. */
  readonly weak: boolean
}

/** All that a file holds, each list in the order of the file. */
export interface Pkcs12Contents<Key extends AnyPrivateKey = AnyPrivateKey> {
  readonly keys: readonly Pkcs12Key<Key>[]
  /** Those of the keys too. */
  readonly certificates: readonly Pkcs12Certificate[]
  /** Revocation lists, DER. */
  readonly crls: readonly Uint8Array[]
  /** Types of bags that are not read, such as secret keys. */
  readonly others: readonly string[]
  readonly protection: Pkcs12Protection
}
