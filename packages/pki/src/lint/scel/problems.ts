type None = Record<never, never>

export interface ScelProblems {
  'scel/serial-entropy': { short: { readonly length: number } }
  'scel/key-strength': {
    'key-type': { readonly kind: string; readonly bits: number }
    exponent: { readonly exponent: string }
  }
  'scel/signature-algorithm': { 'not-allowed': { readonly oid: string } }
  'scel/server-names': { 'no-host-name': None }
  'scel/leaf-purpose': { 'no-extended-key-usage': None; 'no-key-usage': None; 'any-purpose': None }
  'scel/revocation-addresses': { none: None }
}
