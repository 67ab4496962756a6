// What the ways of encrypting under a passphrase have in common: PBES2 (pbes2.ts), and for files of others PBES1 and
// the schemes of PKCS #12 (danger/). Each takes the passphrase in an encoding of its own.

import { encodeString } from '../../asn1/index.ts'
import { concat, utf8 } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { DerivationBudget } from './derivation-budget.ts'

/** One AlgorithmIdentifier of password-based encryption, read. */
export interface PassphraseScheme {
  /** As people name it: `PBES2 AES-256-CBC`. */
  readonly name: string
  /** Whether the cipher is broken or too short: what it hides should be thought public in some years. */
  readonly weak: boolean
  /** What deriving the key costs, in rounds of PBKDF2 with SHA-256. */
  readonly work: number
  /** Undefined when length or padding show that passphrase or bytes are wrong. @throws the reason of `signal` */
  decrypt(passphrase: PassphraseForms, bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array | undefined>
}

/** A passphrase in the encodings that the schemes take. */
export interface PassphraseForms {
  /** For PBES1, PBES2 and PBMAC1. */
  utf8(): Uint8Array
  /** For the key derivation of PKCS #12: BMPString and two octets of zero (RFC 7292 appendix B.1). */
  bmp(): Uint8Array
}

/**
 * The forms that the standards ask for. The BMP form throws string_malformed for text that has a NUL.
 * @example
 * assert.equal(toHex(passphraseForms('é').utf8()), 'c3a9')
 * assert.equal(toHex(passphraseForms('é').bmp()), '00e90000')
 */
export const passphraseForms = (text: string): PassphraseForms => ({
  utf8: () => utf8(text),
  bmp: () => concat(encodeString('BMPString', text), Uint8Array.of(0, 0)),
})

/** What decrypting may take for granted. */
export interface PassphraseOptions {
  /** Also open what is under DES, 3DES or RC2: for reading old files. @default false */
  readonly dangerOldCiphers?: boolean
  /** Shared by the parts of one file. @default a budget of its own */
  readonly budget?: DerivationBudget
  /** Ends a derivation that takes long, at once. */
  readonly signal?: AbortSignal
}

/**
 * Decrypts under a scheme. CBC has no integrity: a wrong passphrase shows as bad padding, and one in 256 times as
 * nonsense that the caller must recognise.
 * @throws passphrase_wrong, algorithm_weak unless old ciphers are allowed, input_too_large when the work exceeds the
 *   budget; the reason of `signal`
 * @example
 * const { algorithm, bytes } = await encryptPbes2(utf8('text'), sample.passphrase, 1_000)
 * const plain = await decryptUnder(passphraseScheme(algorithm), bytes, passphraseForms(sample.passphrase))
 * assert.equal(fromUtf8(plain), 'text')
 */
export async function decryptUnder(
  scheme: PassphraseScheme,
  bytes: Uint8Array,
  passphrase: PassphraseForms,
  options: PassphraseOptions = {},
): Promise<Uint8Array> {
  if (scheme.weak && !options.dangerOldCiphers) fail('algorithm_weak', { name: scheme.name })
  const budget = options.budget ?? new DerivationBudget()
  budget.spend(scheme.work)
  return (await scheme.decrypt(passphrase, bytes, options.signal)) ?? fail('passphrase_wrong', {})
}
