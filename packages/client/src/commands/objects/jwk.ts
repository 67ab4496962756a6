import { jwkOfPrivateKey, jwkOfSpki } from '@scel/pki/crypto'
import { parseCertificate, parseRequest } from '@scel/pki/x509'
import { stop } from '../../ui/cli-error.ts'
import type { Item } from '../input/material.ts'

/** The key of the item as JSON, indented: of a certificate or request, its public key. */
export const jwkTextOf = async (item: Item): Promise<string> => JSON.stringify(await jwkOf(item), null, 2)

const jwkOf = async (item: Item): Promise<object> =>
  item.kind === 'private key' ? jwkOfPrivateKey(item.key) : jwkOfSpki(spkiOf(item))

/** The public key of whatever has one, SubjectPublicKeyInfo in DER. @throws public_key_missing */
export function spkiOf(item: Item): Uint8Array {
  switch (item.kind) {
    case 'private key':
      return item.key.publicKey
    case 'public key':
      return item.spki
    case 'certificate':
      return parseCertificate(item.der).publicKey.spki
    case 'request':
      return parseRequest(item.der).publicKey.spki
    default:
      return stop('public_key_missing')
  }
}
