import type { Certificate } from '../x509/index.ts'

/** Ciphers that content is sealed with. GCM makes AuthEnvelopedData, CBC makes EnvelopedData, which nothing protects from change. */
export type SealCipher = 'AES-128-GCM' | 'AES-256-GCM' | 'AES-128-CBC' | 'AES-256-CBC'

/** Somebody, or something, that can open what is sealed. */
export type Recipient = CertificateRecipient | PassphraseRecipient | SecretKeyRecipient

/** Whoever holds the private key: RSA, ECDH on P-256, P-384 and P-521, X25519, X448, or ML-KEM. */
export interface CertificateRecipient {
  readonly kind: 'certificate'
  readonly certificate: Certificate
  /** Of RSA keys. v1.5 is for programs that read nothing newer. @default 'OAEP' */
  readonly keyTransport?: 'OAEP' | 'PKCS1-v1.5'
  /** Faults of the certificate that the caller accepts: outside of its dates, or a key usage that forbids it. */
  readonly anyway?: readonly ('expired' | 'usage')[]
}

/** Whoever knows the passphrase. */
export interface PassphraseRecipient {
  readonly kind: 'passphrase'
  readonly passphrase: string
  /** Of PBKDF2 with HMAC-SHA-256. @default 600,000 */
  readonly iterations?: number
}

/** Whoever has this key already. */
export interface SecretKeyRecipient {
  readonly kind: 'secret-key'
  /** By which they find it among theirs. */
  readonly identifier: Uint8Array
  /** 16, 24 or 32 octets. */
  readonly key: Uint8Array
}

/** For whom content is sealed, and how. */
export interface SealOptions {
  /** One at least. */
  readonly recipients: readonly Recipient[]
  /** @default 'AES-256-GCM' */
  readonly cipher?: SealCipher
  /** OID of what the content is. @default id-data, 1.2.840.113549.1.7.1 */
  readonly contentType?: string
  /** One recipient with a classical key opens everything to whoever breaks it, so the two do not mix unless it is said. */
  readonly mixing?: 'classical-and-post-quantum'
  /** The key is derived for this cipher alone (RFC 9709), which few programs read yet. @default false */
  readonly boundKey?: boolean
  /** The moment for the dates of certificates. */
  readonly at: Date
  /** In octets, or that it is at least so many: what is too long for the cipher is then refused before anything is written. */
  readonly contentLength?: number
  readonly signal?: AbortSignal
}
