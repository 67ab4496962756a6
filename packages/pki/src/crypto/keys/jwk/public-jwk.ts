import type { CurveName } from '../../../algorithms/index.ts'
import { CURVES, rawKeyByOid, readPublicKey } from '../../../algorithms/index.ts'
import { concat, toBase64Url, utf8 } from '../../../bytes/index.ts'
import { fail } from '../../../errors/index.ts'
import { digest } from '../../digests.ts'
import { keyMalformed } from '../malformed.ts'
import { spkiOfPoint, spkiOfRaw, spkiOfRsa } from '../spki.ts'
import type { JwkMembers, PublicJwk } from './jwk.ts'
import { isOkp, magnitudeOf, nameOf, octets, rowNamed } from './jwk.ts'

/**
 * The JSON form of a SubjectPublicKeyInfo (DER). RSA keys that are for RSA-PSS alone have none.
 * @throws algorithm_unsupported, key_malformed, der_malformed
 * @example
 * const jwk = jwkOfSpki((await generateKeyPair('ec-p256')).publicKey)
 * assert.equal(jwk.kty, 'EC')
 */
export function jwkOfSpki(spki: Uint8Array): PublicJwk {
  const { kind, oid, curve, rsa, keyBits } = readPublicKey(spki)
  if (kind === 'rsa') return Object.freeze({ kty: 'RSA', n: toBase64Url(rsa!.modulus), e: toBase64Url(rsa!.exponent) })
  if (curve) {
    const [x, y] = [keyBits.subarray(1, 1 + curve.size), keyBits.subarray(1 + curve.size)].map(toBase64Url)
    return Object.freeze({ kty: 'EC', crv: curve.name, x: x!, y: y! })
  }
  const row = rawKeyByOid(oid) ?? fail('algorithm_unsupported', { oid })
  const key = toBase64Url(keyBits)
  return Object.freeze(
    isOkp(row.spec) ? { kty: 'OKP', crv: nameOf(row), x: key } : { kty: 'AKP', alg: nameOf(row), pub: key },
  )
}

/**
 * The SubjectPublicKeyInfo (DER) of a JWK: of a private one, its public half.
 * @param jwk what `JSON.parse` made of the text
 * @throws key_malformed with the member that is missing or wrong
 * @example
 * const { publicKey } = await generateKeyPair('ed25519')
 * assert.deepEqual(spkiOfJwk(jwkOfSpki(publicKey)), publicKey)
 */
export function spkiOfJwk(jwk: unknown): Uint8Array {
  const members = membersOf(jwk)
  const spki = spkiOfMembers(members)
  readPublicKey(spki)
  return spki
}

/**
 * The thumbprint of a public key (RFC 7638), 32 bytes: SHA-256 over its members in alphabetical order.
 * @throws algorithm_unsupported, key_malformed, der_malformed
 * @example
 * const { publicKey } = await generateKeyPair('ec-p256')
 * assert.equal((await jwkThumbprint(publicKey)).length, 32)
 */
export const jwkThumbprint = (spki: Uint8Array): Promise<Uint8Array> => {
  const members = Object.entries(jwkOfSpki(spki)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return digest('SHA-256', utf8(JSON.stringify(Object.fromEntries(members))))
}

/** A copy of its own members: what stands in its prototype was in no JSON. @throws key_malformed unless it is an object */
export const membersOf = (jwk: unknown): JwkMembers =>
  typeof jwk === 'object' && jwk !== null && !Array.isArray(jwk) ? { ...jwk } : keyMalformed('JWK')

/** The curve of an EC key. @throws key_malformed */
export const curveNamed = (name: unknown): (typeof CURVES)[CurveName] =>
  typeof name === 'string' && Object.hasOwn(CURVES, name) ? CURVES[name as CurveName] : keyMalformed('JWK crv')

/** 04‖x‖y. @throws key_malformed */
export function pointOf(jwk: JwkMembers, size: number): Uint8Array {
  return concat(Uint8Array.of(4), octets(jwk, 'x', size), octets(jwk, 'y', size))
}

function spkiOfMembers(jwk: JwkMembers): Uint8Array {
  switch (jwk.kty) {
    case 'RSA':
      return spkiOfRsa(magnitudeOf(jwk, 'n'), magnitudeOf(jwk, 'e'))
    case 'EC': {
      const curve = curveNamed(jwk.crv)
      return spkiOfPoint(curve, pointOf(jwk, curve.size))
    }
    case 'OKP': {
      const row = rowNamed(jwk.crv, 'OKP')
      return spkiOfRaw(row, octets(jwk, 'x', row.length))
    }
    case 'AKP': {
      const row = rowNamed(jwk.alg, 'AKP')
      return spkiOfRaw(row, octets(jwk, 'pub', row.length))
    }
    default:
      return keyMalformed('JWK kty')
  }
}
