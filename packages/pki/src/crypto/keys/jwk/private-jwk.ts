import { readPublicKey } from '../../../algorithms/index.ts'
import { toBase64Url } from '../../../bytes/index.ts'
import { fail } from '../../../errors/index.ts'
import { checkEcScalar } from '../ec-private-key.ts'
import { contentOfKey } from '../export.ts'
import type { Imported, ImportOptions } from '../import.ts'
import { importContent } from '../import.ts'
import { keyMalformed } from '../malformed.ts'
import type { AnyPrivateKey } from '../private-key.ts'
import type { PrivateKeyContent } from '../private-key-content.ts'
import { rawPrivateKeyLength, SEED_KEYS } from '../private-key-content.ts'
import type { RsaPrivateKey } from '../rsa-private-key.ts'
import { checkRsaPrivateKey } from '../rsa-private-key.ts'
import type { JwkMembers, PrivateJwk } from './jwk.ts'
import { magnitudeOf, octets, rowNamed } from './jwk.ts'
import { curveNamed, jwkOfSpki, membersOf, pointOf, spkiOfJwk } from './public-jwk.ts'

/**
 * Takes a private key from a JWK. All members of the key must be there, the public ones and the primes of RSA too, and
 * belong together; what a JWK says about the use of its key is left to the caller.
 * @param jwk what `JSON.parse` made of the text
 * @throws key_malformed with the member that is missing or wrong; algorithm_unsupported
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('ed25519')
 * const again = await privateKeyOfJwk(await jwkOfPrivateKey(privateKey))
 * assert.equal(keyMatches(again, publicKey), true)
 */
export async function privateKeyOfJwk<Options extends ImportOptions = Record<never, never>>(
  jwk: unknown,
  options?: Options,
): Promise<Imported<Options>> {
  const members = membersOf(jwk)
  const publicKey = readPublicKey(spkiOfJwk(members)).keyBits
  return importContent({ content: contentOf(members), publicKey }, options)
}

/**
 * The JSON form of a private key, not encrypted.
 * @throws key_mismatch for a key that JSON cannot say: one for RSA-PSS alone, one that came without its seed
 * @example
 * const jwk = await jwkOfPrivateKey((await generateKeyPair('x25519')).privateKey)
 * assert.deepEqual(Object.keys(jwk), ['kty', 'crv', 'x', 'd'])
 */
export async function jwkOfPrivateKey(key: AnyPrivateKey): Promise<PrivateJwk> {
  const content = await contentOfKey(key)
  if (content.form === 'rsa-pss') return fail('key_mismatch', { what: key.kind })
  return Object.freeze({ ...jwkOfSpki(key.publicKey), ...secretsOf(content) }) as PrivateJwk
}

// RFC 7518 §6.3.2 names the numbers of PKCS #1 in its own way.
const RSA_MEMBERS: Readonly<Record<keyof RsaPrivateKey, string>> = {
  modulus: 'n',
  publicExponent: 'e',
  privateExponent: 'd',
  prime1: 'p',
  prime2: 'q',
  exponent1: 'dp',
  exponent2: 'dq',
  coefficient: 'qi',
}

function secretsOf(content: Exclude<PrivateKeyContent, { form: 'rsa-pss' }>): object {
  switch (content.form) {
    case 'rsa':
      return Object.fromEntries(
        Object.entries(RSA_MEMBERS).map(([name, member]) => [
          member,
          toBase64Url(content.rsa[name as keyof RsaPrivateKey]),
        ]),
      )
    case 'ec':
      return { d: toBase64Url(content.ec.scalar) }
    case 'seed':
      return { priv: toBase64Url(content.key.seed ?? fail('key_mismatch', { what: 'seed' })) }
    case 'raw':
      return { [content.row.kind === 'slh-dsa' ? 'priv' : 'd']: toBase64Url(content.key) }
  }
}

function contentOf(jwk: JwkMembers): PrivateKeyContent {
  switch (jwk.kty) {
    case 'RSA': {
      if (Object.hasOwn(jwk, 'oth')) keyMalformed('RSA with more than two primes')
      const numbers = Object.entries(RSA_MEMBERS).map(([name, member]) => [name, magnitudeOf(jwk, member)])
      const rsa = Object.fromEntries(numbers) as unknown as RsaPrivateKey
      checkRsaPrivateKey(rsa)
      return { form: 'rsa', rsa }
    }
    case 'EC': {
      const curve = curveNamed(jwk.crv)
      const scalar = octets(jwk, 'd', curve.size)
      checkEcScalar(scalar, curve)
      return { form: 'ec', ec: { curve, scalar, point: pointOf(jwk, curve.size) } }
    }
    case 'OKP': {
      const row = rowNamed(jwk.crv, 'OKP')
      return { form: 'raw', row, key: octets(jwk, 'd', rawPrivateKeyLength(row)) }
    }
    default: {
      const row = rowNamed(jwk.alg, 'AKP')
      const lengths = SEED_KEYS[row.spec]
      if (lengths) return { form: 'seed', row, key: { seed: octets(jwk, 'priv', lengths.seed) } }
      return { form: 'raw', row, key: octets(jwk, 'priv', rawPrivateKeyLength(row)) }
    }
  }
}
