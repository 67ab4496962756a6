/** What has a form of its own in DER. The names are those of `scel inspect --json`. */
export type DerKind =
  | 'certificate'
  | 'request'
  | 'crl'
  /** SignedData: a bag of certificates, or a signed file with those of its signers. */
  | 'certificate bag'
  /** Any other kind of CMS. */
  | 'sealed'
  | 'pkcs12'
  | 'public key'
  | 'rsa public key'
  | 'private key'
  | 'encrypted private key'
  | 'rsa private key'
  | 'ec private key'
  | 'ocsp request'
  | 'ocsp response'
  | 'time-stamp request'
  | 'time-stamp response'

/** One object of a file, told apart but not yet read. */
export type FoundObject =
  | { readonly kind: DerKind; readonly der: Uint8Array }
  /** `private` where it has the members of a private key. */
  | { readonly kind: 'jwk'; readonly text: string; readonly private: true }
  | { readonly kind: 'jwk'; readonly text: string; readonly private: false }
  | { readonly kind: 'other'; readonly label: string }

export type FoundPrivateKey =
  | Extract<FoundObject, { readonly private: true }>
  | { readonly kind: PrivateKeyKind; readonly der: Uint8Array }

/** Whether the object is a private key, encrypted or not. */
export const isPrivateKey = (found: FoundObject): found is FoundPrivateKey =>
  found.kind === 'jwk' ? found.private : (PRIVATE as ReadonlySet<string>).has(found.kind)

export type PrivateKeyKind = 'private key' | 'encrypted private key' | 'rsa private key' | 'ec private key'

const PRIVATE: ReadonlySet<PrivateKeyKind> = new Set([
  'private key',
  'encrypted private key',
  'rsa private key',
  'ec private key',
] as const)
