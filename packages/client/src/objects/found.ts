/** What has a form of its own in DER. The names are those of `scel inspect --json`. */
export type DerKind =
  | 'certificate'
  | 'request'
  | 'crl'
  | 'certificate bag'
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
export type Found =
  | { readonly kind: DerKind; readonly der: Uint8Array }
  | { readonly kind: 'jwk'; readonly text: string }
  | { readonly kind: 'other'; readonly label: string }

export type FoundDer = Extract<Found, { readonly der: Uint8Array }>

/** Whether the object holds a private key that is its own content, encrypted or not. */
export const isPrivateKey = ({ kind }: Found): boolean => PRIVATE.has(kind)

const PRIVATE: ReadonlySet<string> = new Set([
  'private key',
  'encrypted private key',
  'rsa private key',
  'ec private key',
])
