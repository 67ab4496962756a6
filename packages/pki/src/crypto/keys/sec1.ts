// The SEC 1 form of elliptic-curve keys (RFC 5915): BEGIN EC PRIVATE KEY.

import type { CurveName } from '../../algorithms/index.ts'
import { CURVES } from '../../algorithms/index.ts'
import { fail } from '../../errors/index.ts'
import { readEcPrivateKey, writeEcPrivateKey } from './ec-private-key.ts'
import { contentOfKey } from './export.ts'
import type { Imported, ImportOptions } from './import.ts'
import { importContent } from './import.ts'
import type { AnyPrivateKey } from './private-key.ts'

/**
 * Takes an elliptic-curve private key from SEC 1 DER. `curve` is for files that do not name it inside; where both do,
 * they must agree.
 * @throws key_malformed; algorithm_unsupported with the OID of a curve that is not P-256, P-384 or P-521
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('ec-p256')
 * const again = await privateKeyOfSec1(await sec1OfPrivateKey(privateKey))
 * assert.equal(keyMatches(again, publicKey), true)
 */
export async function privateKeyOfSec1<Options extends ImportOptions = Record<never, never>>(
  der: Uint8Array,
  curve?: CurveName,
  options?: Options,
): Promise<Imported<Options>> {
  const ec = readEcPrivateKey(der, curve && CURVES[curve])
  return importContent({ content: { form: 'ec', ec }, ...(ec.point ? { publicKey: ec.point } : {}) }, options)
}

/**
 * The SEC 1 DER of an elliptic-curve private key with its curve and public point, not encrypted.
 * @throws key_mismatch for another kind of key
 * @example
 * const { privateKey } = await generateKeyPair('ec-p384')
 * assert.equal((await sec1OfPrivateKey(privateKey)).length, 167)
 */
export async function sec1OfPrivateKey(key: AnyPrivateKey): Promise<Uint8Array> {
  const content = await contentOfKey(key)
  return content.form === 'ec' ? writeEcPrivateKey(content.ec, 'alone') : fail('key_mismatch', { what: key.kind })
}
