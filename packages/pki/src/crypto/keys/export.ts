import { engine } from '#engine'
import { inForm } from './expand/expand.ts'
import type { AnyPrivateKey } from './private-key.ts'
import { handleOf } from './private-key.ts'
import type { PrivateKeyContent } from './private-key-content.ts'
import { readPkcs8, writePkcs8 } from './private-key-content.ts'
import type { PrivateKeyForm } from './seed-private-key.ts'

/** How {@link exportPrivateKey} writes a key. */
export interface ExportOptions {
  /**
   * Of ML-DSA and ML-KEM keys: the seed, from which all else can be made again; the expanded key for programs that
   * know no seeds; or both. Other keys have one form. @default the seed, or the expanded key where no seed came along
   */
  readonly form?: PrivateKeyForm
}

/**
 * PKCS #8 DER version 1, not encrypted: for key stores that protect it themselves.
 * @throws key_malformed when a seed is asked for of a key that came without one
 * @example
 * const { privateKey } = await generateKeyPair('ml-kem-512')
 * assert.equal((await exportPrivateKey(privateKey)).length, 86)
 * assert.equal((await exportPrivateKey(privateKey, { form: 'expanded' })).length, 1660)
 */
export async function exportPrivateKey(key: AnyPrivateKey, options: ExportOptions = {}): Promise<Uint8Array> {
  const content = await contentOfKey(key)
  const { form } = options
  return writePkcs8(form && content.form === 'seed' ? inForm(content, form) : content)
}

/** What the platform holds, taken apart. */
export const contentOfKey = async (key: AnyPrivateKey): Promise<PrivateKeyContent> =>
  readPkcs8(await engine.exportKey(handleOf(key))).content
