import type { SuiteSentences } from './sentences.ts'

export const SCEL_EN: SuiteSentences<'scel'> = {
  'scel/serial-entropy': {
    short: 'The serial number has only {length, plural, one {# octet} other {# octets}}, too few for 64 random bits.',
  },
  'scel/key-strength': {
    'key-type': 'Scel certifies no such key: {kind}, {bits} bits.',
    exponent: 'The public exponent of the RSA key is {exponent}; it must be odd and at least 65537.',
  },
  'scel/signature-algorithm': {
    'not-allowed': 'The signature algorithm {oid} is not allowed.',
  },
  'scel/server-names': {
    'no-host-name': 'A server’s certificate must name a host or an address among its alternative names.',
  },
  'scel/leaf-purpose': {
    'no-extended-key-usage': 'The certificate does not say what it is for (extended key usage).',
    'no-key-usage': 'The certificate does not say what its key may do (key usage).',
    'any-purpose': 'The certificate is for any purpose; it must name its purposes.',
  },
  'scel/revocation-addresses': {
    none: 'The certificate says nowhere how to find out whether it was revoked: neither CRL nor OCSP address.',
  },
}
