// Keys out of secrets (HKDF, the KDF of X9.63) and out of passphrases (PBKDF2, scrypt).

import { engine } from '#engine'
import type { DigestName } from '../algorithms/index.ts'
import { digestByName } from '../algorithms/index.ts'
import { concat } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { ScryptCost } from './engine/engine.ts'
import { DerivationBudget, MAX_ROUNDS, pbkdf2Work } from './passphrase/derivation-budget.ts'

export type { ScryptCost } from './engine/engine.ts'

/**
 * HKDF (RFC 5869 §2): extract and expand.
 * @param length of the result in bytes, at most 255 digests
 * @throws input_too_large, algorithm_unsupported
 * @example
 * const okm = await hkdf('SHA-256', fromHex('0b'.repeat(22)), fromHex('000102030405060708090a0b0c'), fromHex('f0f1f2f3f4f5f6f7f8f9'), 42)
 * assert.equal(toHex(okm).slice(0, 16), '3cb25f25faacd57a')
 */
export async function hkdf(
  digest: DigestName,
  ikm: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const size = digestByName(digest).length
  if (length > 255 * size) fail('input_too_large', { what: 'HKDF', limit: 255 * size })
  // No salt is a salt of zeros (RFC 5869 §2.2), which is what HMAC makes of an empty key.
  const prk = await engine.hmac(digest, salt, ikm)
  const out = new Uint8Array(length)
  let block: Uint8Array = new Uint8Array()
  for (let [counter, offset] = [1, 0]; offset < length; counter++) {
    block = await engine.hmac(digest, prk, concat(block, info, Uint8Array.of(counter)))
    out.set(block.subarray(0, length - offset), offset)
    offset += size
  }
  return out
}

/**
 * The KDF of ANSI X9.63 (SEC 1 §3.6.1), which CMS uses with ECDH (RFC 5753 §7.2).
 * @param shared what both sides know: ECC-CMS-SharedInfo in DER
 * @param length of the result in bytes, at most 64 KiB
 * @throws input_too_large, algorithm_unsupported
 * @example
 * const key = await x963Kdf('SHA-256', fromHex('96c05619d56c328ab95fe84b18264b08725b85e33fd34f08'), new Uint8Array(), 16)
 * assert.equal(toHex(key), '443024c3dae66b95e6f5670601558f71')
 */
export async function x963Kdf(
  digest: DigestName,
  secret: Uint8Array,
  shared: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  if (length > LONGEST_KEY) fail('input_too_large', { what: 'X9.63 KDF', limit: LONGEST_KEY })
  const out = new Uint8Array(length)
  for (let [counter, offset] = [1, 0]; offset < length; counter++) {
    const number = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)
    const block = await engine.digest(digest, concat(secret, number, shared))
    out.set(block.subarray(0, length - offset), offset)
    offset += block.length
  }
  return out
}

/**
 * PBKDF2 (RFC 8018 §5.2) with HMAC.
 * @param passphrase already encoded: UTF-8 in PBES2
 * @param length of the result in bytes
 * @throws input_too_large for more work than ten million rounds with SHA-256, algorithm_unsupported
 * @example
 * const key = await pbkdf2('SHA-1', utf8('password'), utf8('salt'), 4096, 20)
 * assert.equal(toHex(key), '4b007901b765489abead49d926f721d065a429c1')
 */
export async function pbkdf2(
  digest: DigestName,
  passphrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  if (!Number.isSafeInteger(iterations) || iterations < 1) fail('encoding_malformed', { what: 'PBKDF2 iterations' })
  new DerivationBudget(MAX_ROUNDS).spend(pbkdf2Work(digestByName(digest), iterations, length))
  return engine.pbkdf2(digest, passphrase, salt, iterations, length)
}

/**
 * scrypt (RFC 7914 §6). Its cost is chosen by whoever made the file, so it is bounded before any memory is taken.
 * @param length of the result in bytes
 * @param maxMemory in bytes. @default 64 MiB
 * @throws input_too_large for more memory or work; encoding_malformed for a cost that the RFC does not allow;
 *   algorithm_unsupported in browsers
 * @example
 * const key = await scrypt(utf8('password'), utf8('NaCl'), { N: 1024, r: 8, p: 16 }, 64)
 * assert.equal(toHex(key).slice(0, 16), 'fdbabe1c9d347200')
 */
export async function scrypt(
  passphrase: Uint8Array,
  salt: Uint8Array,
  cost: ScryptCost,
  length: number,
  maxMemory: number = SCRYPT_MEMORY,
): Promise<Uint8Array> {
  const { N, r, p } = cost
  const whole = [N, r, p].every((number) => Number.isSafeInteger(number) && number >= 1 && number <= 2 ** 31)
  if (!whole || N < 2 || !Number.isInteger(Math.log2(N))) fail('encoding_malformed', { what: 'scrypt cost' })
  if (128 * r * Math.max(N, p) > maxMemory) fail('input_too_large', { what: 'scrypt memory', limit: maxMemory })
  if (N * r * p > SCRYPT_WORK) fail('input_too_large', { what: 'scrypt work', limit: SCRYPT_WORK })
  return engine.scrypt(passphrase, salt, { N, r, p }, length)
}

const LONGEST_KEY = 65_536
const SCRYPT_MEMORY = 64 * 1024 * 1024
const SCRYPT_WORK = 2 ** 23 // blocks of 128 bytes: a gigabyte read and written, seconds on a slow machine
