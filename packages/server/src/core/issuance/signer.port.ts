import type { KeyChoice } from '@scel/contract/values'

/** A private key of the desk, open for signing. The key itself never leaves. */
export interface Signer {
  readonly keyId: string
  readonly spec: KeyChoice
  /** SPKI, DER. */
  readonly spki: Uint8Array
  /** Signs with the default algorithm of the key (see `defaultSignature` of the library). */
  sign(data: Uint8Array): Promise<Uint8Array>
  /** Drops the key from memory; signing afterwards is an error. */
  close(): void
}

/** Custody of the desk's keys: one file per kind in `signers/`, the same verbs. */
export interface Signers {
  /** Makes a key, durable when it returns. `exportable` only for keys that another program must hold (TLS). */
  generate(keyId: string, spec: KeyChoice, options?: { readonly exportable?: boolean }): Promise<Uint8Array>
  has(keyId: string): Promise<boolean>
  /** @throws DeskError authority_unavailable when there is no such key or it does not open */
  open(keyId: string): Promise<Signer>
  /** PKCS#8, DER, of a key made exportable. @throws DeskError authority_unavailable otherwise */
  exportKey(keyId: string): Promise<Uint8Array>
}
