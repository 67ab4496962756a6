import { engine } from '#engine'
import { defaultSignature, EC_PUBLIC_KEY, RSA_ENCRYPTION, RSASSA_PSS, readPublicKey } from '../../algorithms/index.ts'
import { equal } from '../../bytes/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { EngineKey, PrivateKeyFacts } from '../engine/engine.ts'
import { checkSeed, inForm } from './expand/expand.ts'
import { keyMalformed } from './malformed.ts'
import type { AnyPrivateKey, PrivateKey } from './private-key.ts'
import { isSpecified, privateKeyOf } from './private-key.ts'
import type { PrivateKeyContent, ReadPrivateKey } from './private-key-content.ts'
import { readPkcs8, writePkcs8 } from './private-key-content.ts'

/** Which keys are taken. Without options: those that Scel makes, the rows of `KEY_SPECS`. */
export interface ImportOptions {
  /** Also strong keys that Scel does not make: RSA of 2048 bits and more in any length, and RSA for RSA-PSS alone. */
  readonly accept?: 'any'
  /** The same and RSA below 2048 bits, which can be broken: for reading archives and old examples. @default false */
  readonly dangerAnySize?: boolean
}

/** The type of the key that comes of these options. */
export type Imported<Options extends ImportOptions> = Options extends { accept: 'any' } | { dangerAnySize: true }
  ? AnyPrivateKey
  : PrivateKey

/**
 * Takes a private key from PKCS #8 DER (RFC 5958, either version), not encrypted. All parts of the key must belong
 * together: the numbers of an RSA key, seed and expanded key, the public part where there is one.
 * @throws key_malformed for bytes that hold no usable key or a size that is not taken; algorithm_unsupported with the
 *   OID of a kind, or of a form of it, that the library or the platform does not know
 * @example
 * const pkcs8 = await exportPrivateKey(sample.person.key)
 * assert.equal((await importPrivateKey(pkcs8)).spec, sample.person.key.spec)
 */
export const importPrivateKey = async <Options extends ImportOptions = Record<never, never>>(
  pkcs8: Uint8Array,
  options?: Options,
): Promise<Imported<Options>> => importContent(readPkcs8(pkcs8), options)

/** The same for a key that was read from another form. */
export async function importContent<Options extends ImportOptions = Record<never, never>>(
  { content, publicKey }: ReadPrivateKey,
  options?: Options,
): Promise<Imported<Options>> {
  const facts = factsOfContent(content)
  const { handle, spki } = await handOver(content, facts)
  const key = privateKeyOf(spki, handle)
  if (publicKey && !equal(readPublicKey(spki).keyBits, publicKey)) keyMalformed('public part')
  if (content.form === 'ec' && publicKey) await provePoint({ handle, spki }, content)
  if (!isTaken(key, options)) keyMalformed('key size')
  return key as Imported<Options>
}

function factsOfContent(content: PrivateKeyContent): PrivateKeyFacts {
  switch (content.form) {
    case 'rsa':
      return { kind: 'rsa', oid: RSA_ENCRYPTION }
    case 'rsa-pss':
      return { kind: 'rsa-pss', oid: RSASSA_PSS }
    case 'ec':
      return { kind: 'ec', oid: EC_PUBLIC_KEY, curve: content.ec.curve }
    default:
      return { kind: content.row.kind, oid: content.row.oid }
  }
}

/** One spelling for the platform; a seed alone where there is one, since browsers take no other form. */
async function handOver(content: PrivateKeyContent, facts: PrivateKeyFacts): Promise<EngineKey> {
  let plain = content
  if (content.form === 'seed') {
    checkSeed(content)
    if (content.key.seed) plain = inForm(content, 'seed')
  }
  try {
    return await engine.importKey(writePkcs8(plain), facts)
  } catch (error) {
    if (isPkiError(error)) throw error
    if (plain.form === 'seed' && (await lacksForm(plain, facts))) fail('algorithm_unsupported', { oid: facts.oid })
    // The platform's reason is not passed on: it may quote what it read.
    return keyMalformed('PKCS #8')
  }
}

/**
 * Browsers call an expanded key without its seed malformed, whatever it holds. Whether they would take any is seen with
 * one made for the purpose.
 */
async function lacksForm(content: PrivateKeyContent & { form: 'seed' }, facts: PrivateKeyFacts): Promise<boolean> {
  const seed = engine.random(content.row.kind === 'ml-dsa' ? 32 : 64)
  const probe = inForm({ ...content, key: { seed } }, content.key.seed ? 'seed' : 'expanded')
  try {
    await engine.importKey(writePkcs8(probe), facts)
    return false
  } catch {
    return true
  }
}

/**
 * Platforms take the point of an EC key from the file without computing it, and some want it there, so the key has to
 * show by a signature that the point is its own: otherwise its owner would publish a key that is not theirs.
 */
async function provePoint({ handle, spki }: EngineKey, { ec }: PrivateKeyContent & { form: 'ec' }): Promise<void> {
  const row = defaultSignature(`ec-p${ec.curve.bits as 256 | 384 | 521}`)
  const facts = readPublicKey(spki)
  const data = engine.random(32)
  try {
    const signature = await engine.sign(handle, row, facts, data)
    if (await engine.verify(row, facts, spki, data, signature)) return
  } catch {
    // a point off its curve: said below
  }
  keyMalformed('public part')
}

function isTaken(key: AnyPrivateKey, { accept, dangerAnySize }: ImportOptions = {}): boolean {
  if (isSpecified(key) || dangerAnySize) return true
  return accept === 'any' && key.bits >= 2048
}
