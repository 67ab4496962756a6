// What a key, a certificate or a list looks like when it is written down.

import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey } from '@scel/pki/crypto'
import type { Item } from '../input/material.ts'

/** One item as a PEM block. A private key is not encrypted in it. */
export async function pemOf(item: Item): Promise<string> {
  switch (item.kind) {
    case 'private key':
      return pemEncode('PRIVATE KEY', await exportPrivateKey(item.key))
    case 'public key':
      return pemEncode('PUBLIC KEY', item.spki)
    default:
      return pemEncode(LABELS[item.kind], item.der)
  }
}

/** The same as DER. */
export async function derOf(item: Item): Promise<Uint8Array> {
  if (item.kind === 'private key') return exportPrivateKey(item.key)
  return item.kind === 'public key' ? item.spki : item.der
}

// RFC 7468; the last is what openssl writes.
const LABELS = {
  certificate: 'CERTIFICATE',
  request: 'CERTIFICATE REQUEST',
  crl: 'X509 CRL',
  'ocsp response': 'OCSP RESPONSE',
} as const satisfies Record<string, string>
