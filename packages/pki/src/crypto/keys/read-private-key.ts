// One door for the files that people have. What a file is is decided by its label or by its outermost structure, never
// by trying one reading after the other.

import { DerReader, TAG } from '../../asn1/index.ts'
import { fromUtf8, pemDecode } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import type { DecryptionOptions } from './encrypted-key.ts'
import { decryptPrivateKey } from './encrypted-key.ts'
import type { Imported } from './import.ts'
import { importPrivateKey } from './import.ts'
import { privateKeyOfJwk } from './jwk/private-jwk.ts'
import { keyMalformed, readingKey } from './malformed.ts'
import { privateKeyOfPkcs1 } from './pkcs1.ts'
import { privateKeyOfSec1 } from './sec1.ts'

/** The ways in which a private key stands in a file. */
export type PrivateKeyFileForm = 'pkcs8' | 'encrypted-pkcs8' | 'pkcs1' | 'sec1' | 'jwk'

/** A file that holds a private key, recognised and not opened. */
export type PrivateKeyFile =
  | { readonly form: Exclude<PrivateKeyFileForm, 'jwk'>; readonly der: Uint8Array }
  | { readonly form: 'jwk'; readonly jwk: unknown }

/** What {@link readPrivateKey} may need, and which keys it takes. */
export interface ReadPrivateKeyOptions extends DecryptionOptions {
  /** For files that are encrypted; others open without asking for it. */
  readonly passphrase?: string
}

/**
 * Takes the private key from a file's content, in whatever form: DER or PEM of PKCS #8, encrypted PKCS #8, PKCS #1 and
 * SEC 1, or JWK. Other blocks of a PEM text, such as certificates, are passed over.
 * @param content DER, or the text as a string or in UTF-8
 * @throws passphrase_missing when the file is encrypted and none was given, passphrase_wrong, pem_encryption_old,
 *   pem_malformed, key_malformed, algorithm_unsupported, algorithm_weak, input_too_large
 * @example
 * const pem = pemEncode('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(sample.person.key, sample.passphrase))
 * const key = await readPrivateKey(pem, { passphrase: sample.passphrase })
 * assert.equal(keyMatches(key, sample.person.certificate.publicKey.spki), true)
 * await assert.rejects(readPrivateKey(pem), { code: 'passphrase_missing' })
 */
export async function readPrivateKey<Options extends ReadPrivateKeyOptions = Record<never, never>>(
  content: Uint8Array | string,
  options?: Options,
): Promise<Imported<Options>> {
  const file = recognisePrivateKey(content)
  switch (file.form) {
    case 'pkcs8':
      return importPrivateKey(file.der, options)
    case 'encrypted-pkcs8':
      return decryptPrivateKey(file.der, options?.passphrase ?? fail('passphrase_missing', {}), options)
    case 'pkcs1':
      return privateKeyOfPkcs1(file.der, options)
    case 'sec1':
      return privateKeyOfSec1(file.der, undefined, options)
    case 'jwk':
      return privateKeyOfJwk(file.jwk, options)
  }
}

/**
 * What form of private key a file holds, without opening it: for asking for a passphrase when one is needed.
 * @throws key_malformed when there is no private key or more than one; pem_malformed, pem_encryption_old
 * @example
 * const der = await encryptPrivateKey(sample.person.key, sample.passphrase)
 * assert.equal(recognisePrivateKey(der).form, 'encrypted-pkcs8')
 */
export function recognisePrivateKey(content: Uint8Array | string): PrivateKeyFile {
  if (typeof content !== 'string' && content[0] === TAG.sequence) return { form: formOfDer(content), der: content }
  const text = typeof content === 'string' ? content : textOf(content)
  return text.trimStart().startsWith('{') ? { form: 'jwk', jwk: jsonOf(text) } : fromPem(text)
}

const LABELS: ReadonlyMap<string, Exclude<PrivateKeyFileForm, 'jwk'>> = new Map([
  ['PRIVATE KEY', 'pkcs8'],
  ['ENCRYPTED PRIVATE KEY', 'encrypted-pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
])

function fromPem(text: string): PrivateKeyFile {
  // RFC 1421 §4.6.1.1. OpenSSL derives that key with one round of MD5, and nothing protects what it encrypts.
  if (/^Proc-Type:\s*4,ENCRYPTED\s*$/m.test(text)) fail('pem_encryption_old', {})
  const files = pemDecode(text).flatMap(({ label, der }) => {
    const form = LABELS.get(label)
    return form ? [{ form, der }] : []
  })
  if (files.length > 1) keyMalformed('several keys')
  return files[0] ?? keyMalformed('no private key')
}

/** By the types of the first elements: each form has its own. */
function formOfDer(der: Uint8Array): Exclude<PrivateKeyFileForm, 'jwk'> {
  const [first, second] = readingKey('private key', () =>
    DerReader.whole(der, 'private key', (reader) =>
      reader.sequence((fields) => fields.list((field) => field.element()[0])),
    ),
  )
  if (first === TAG.sequence && second === TAG.octetString) return 'encrypted-pkcs8'
  if (first === TAG.integer && second === TAG.sequence) return 'pkcs8'
  if (first === TAG.integer && second === TAG.integer) return 'pkcs1'
  return first === TAG.integer && second === TAG.octetString ? 'sec1' : keyMalformed('no private key')
}

const textOf = (content: Uint8Array): string => {
  if (content.length > LONGEST_TEXT) fail('input_too_large', { what: 'private key', limit: LONGEST_TEXT })
  try {
    return fromUtf8(content)
  } catch {
    return keyMalformed('no private key')
  }
}

function jsonOf(text: string): unknown {
  if (text.length > LONGEST_TEXT) fail('input_too_large', { what: 'private key', limit: LONGEST_TEXT })
  try {
    return JSON.parse(text)
  } catch {
    return keyMalformed('JSON') // the platform's message would quote the text
  }
}

const LONGEST_TEXT = 1024 * 1024
