import { engine } from '#engine'
import type { DigestName } from '../algorithms/index.ts'

/**
 * A digest. SHA-1 is for naming things and for old files.
 * @throws algorithm_unsupported when the platform lacks it: browsers have no SHA-224, and most no SHA-3
 * @example
 * assert.equal(toHex(await digest('SHA-256', utf8('abc'))).slice(0, 16), 'ba7816bf8f01cfea')
 */
export const digest = (name: DigestName, data: Uint8Array): Promise<Uint8Array> => engine.digest(name, data)

/**
 * HMAC (RFC 2104) with a digest.
 * @throws algorithm_unsupported
 * @example
 * const code = await hmac('SHA-256', utf8('Jefe'), utf8('what do ya want for nothing?'))
 * assert.equal(toHex(code).slice(0, 16), '5bdcc146bf60754e')
 */
export const hmac = (name: DigestName, key: Uint8Array, data: Uint8Array): Promise<Uint8Array> =>
  engine.hmac(name, key, data)

/**
 * SHAKE256 (FIPS 202 §6.2), `length` bytes of it.
 * @throws algorithm_unsupported when the platform lacks it, as most browsers do
 * @example
 * assert.equal(toHex(await shake256(new Uint8Array(), 4)), '46b9dd2b')
 */
export const shake256 = (data: Uint8Array, length: number): Promise<Uint8Array> => engine.shake256(data, length)

/**
 * Bytes from the platform's secure generator. Rules that must be repeatable take randomness as an argument instead.
 * @example
 * assert.equal(randomBytes(16).length, 16)
 */
export const randomBytes = (length: number): Uint8Array => engine.random(length)

/**
 * Hashes `data`, then the result again, `times` times in all.
 * @throws algorithm_unsupported
 * @example
 * const twice = await digest('SHA-256', await digest('SHA-256', utf8('abc')))
 * assert.deepEqual(await digestRepeated('SHA-256', utf8('abc'), 2), twice)
 */
export const digestRepeated = (name: DigestName, data: Uint8Array, times: number): Promise<Uint8Array> =>
  engine.digestRepeated(name, data, times)
