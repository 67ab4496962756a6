import { fromBase64Url } from '@scel/pki/bytes'
import { jwkOfPrivateKey, type PrivateKey } from '@scel/pki/crypto'
import type { KeyToPut } from '../module/protocol.ts'
import { typeOf } from './public-half.ts'

/** The numbers of a key, as a token is given them; undefined for keys that are neither RSA nor of a NIST curve. */
export async function numbersOf(key: PrivateKey): Promise<KeyToPut['key'] | undefined> {
  const type = typeOf(key.spec)
  if (!type) return undefined
  const jwk: Readonly<Record<string, unknown>> = { ...(await jwkOfPrivateKey(key)) }
  const number = (name: string): Uint8Array => fromBase64Url(String(jwk[name]))
  if (type.kind === 'rsa') {
    const secrets = [number('d'), number('p'), number('q'), number('dp'), number('dq'), number('qi')] as const
    return { kind: 'rsa', modulus: number('n'), exponent: number('e'), secrets }
  }
  const point = Buffer.concat([Uint8Array.of(UNCOMPRESSED), number('x'), number('y')])
  return { kind: 'ec', parameters: type.parameters, point, secrets: [number('d')] }
}

const UNCOMPRESSED = 4
