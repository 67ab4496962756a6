// The PKCS #1 forms of RSA keys (RFC 8017 appendix A.1): BEGIN RSA PRIVATE KEY and BEGIN RSA PUBLIC KEY.

import { RSA_ENCRYPTION, readPublicKey } from '../../algorithms/index.ts'
import { fail } from '../../errors/index.ts'
import { contentOfKey } from './export.ts'
import type { Imported, ImportOptions } from './import.ts'
import { importContent } from './import.ts'
import type { AnyPrivateKey } from './private-key.ts'
import { readRsaPrivateKey, writeRsaPrivateKey } from './rsa-private-key.ts'
import { spkiOfRsaPublicKey } from './spki.ts'

/**
 * Takes an RSA private key from PKCS #1 DER.
 * @throws key_malformed when the numbers do not belong together or the size is not taken
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
 * const again = await privateKeyOfPkcs1(await pkcs1OfPrivateKey(privateKey))
 * assert.equal(keyMatches(again, publicKey), true)
 */
export const privateKeyOfPkcs1 = async <Options extends ImportOptions = Record<never, never>>(
  der: Uint8Array,
  options?: Options,
): Promise<Imported<Options>> => importContent({ content: { form: 'rsa', rsa: readRsaPrivateKey(der) } }, options)

/**
 * The PKCS #1 DER of an RSA private key, not encrypted.
 * @throws key_mismatch for another kind of key, also for one that is for RSA-PSS alone: PKCS #1 cannot say so
 * @example
 * await assert.rejects(pkcs1OfPrivateKey((await generateKeyPair('ec-p256')).privateKey), { code: 'key_mismatch' })
 */
export async function pkcs1OfPrivateKey(key: AnyPrivateKey): Promise<Uint8Array> {
  const content = await contentOfKey(key)
  return content.form === 'rsa' ? writeRsaPrivateKey(content.rsa) : fail('key_mismatch', { what: key.kind })
}

/**
 * The SubjectPublicKeyInfo of an RSA public key in PKCS #1 DER.
 * @throws key_malformed, der_malformed
 * @example
 * const { publicKey } = await generateKeyPair('rsa-2048')
 * assert.deepEqual(spkiOfPkcs1(pkcs1OfSpki(publicKey)), publicKey)
 */
export function spkiOfPkcs1(der: Uint8Array): Uint8Array {
  const spki = spkiOfRsaPublicKey(der)
  readPublicKey(spki)
  return spki
}

/**
 * The PKCS #1 DER of an RSA public key.
 * @throws key_mismatch for another kind of key; key_malformed, der_malformed
 * @example
 * const { publicKey } = await generateKeyPair('rsa-2048')
 * assert.equal(pkcs1OfSpki(publicKey).length, publicKey.length - 24)
 */
export function pkcs1OfSpki(spki: Uint8Array): Uint8Array {
  const { oid, kind, keyBits } = readPublicKey(spki)
  return oid === RSA_ENCRYPTION ? keyBits : fail('key_mismatch', { what: kind })
}
