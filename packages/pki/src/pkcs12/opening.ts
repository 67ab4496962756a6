// Opening one file: the passphrase in its readings, the budget that all derivations share, and what was met on the way.

import { DerReader, derOfBer, TAG } from '../asn1/index.ts'
import type { Encrypted, PassphraseForms, PassphraseScheme } from '../crypto/index.ts'
import { DerivationBudget, decryptUnder, passphraseReadings } from '../crypto/index.ts'
import { fail, hasCode, isPkiError } from '../errors/index.ts'
import type { Pkcs12Options, Pkcs12Protection } from './contents.ts'
import type { Mac } from './mac.ts'
import { KEY_BAG } from './oids.ts'
import { checkMac } from './passphrase.ts'
import type { SafeBag } from './safe-bag.ts'

export class Opening {
  readonly #budget = new DerivationBudget()
  readonly #options: Pkcs12Options
  readonly #schemes = new Map<string, PassphraseScheme>()
  #plainKey = false
  /** Whether the code or a part that opened has shown that the passphrase is the file's. */
  #proved = false

  constructor(options: Pkcs12Options) {
    this.#options = options
  }

  async check(mac: Mac, inputs: readonly Uint8Array[], readings: readonly PassphraseForms[]): Promise<PassphraseForms> {
    const reading = await checkMac(mac, inputs, readings, this.#budget, this.#options.signal)
    this.#proved = true
    return reading
  }

  /** SafeContents, DER. */
  async safe(safe: Encrypted, readings: readonly PassphraseForms[]): Promise<Uint8Array> {
    const plain = await this.#decrypt(safe, readings)
    if (plain) {
      this.#proved = true
      return plain
    }
    return this.#proved ? fail('pkcs12_malformed', { what: 'a part under another passphrase' }) : wrong()
  }

  /** PrivateKeyInfo. */
  async key({ type, value }: SafeBag, readings: readonly PassphraseForms[]): Promise<Uint8Array> {
    if (type === KEY_BAG) {
      this.#plainKey = true
      return value
    }
    const encrypted = DerReader.whole(value, 'EncryptedPrivateKeyInfo', (reader) =>
      reader.sequence((info) => ({ algorithm: info.element(), bytes: info.octetString() })),
    )
    const plain = await this.#decrypt(encrypted, readings)
    if (plain) return plain
    return this.#proved || this.#options.keyPassphrase !== undefined ? fail('key_passphrase_wrong', {}) : wrong()
  }

  seen(): Omit<Pkcs12Protection, 'mac'> {
    const weak = this.#plainKey || [...this.#schemes.values()].some((scheme) => scheme.weak)
    return { encryption: Object.freeze([...this.#schemes.keys()]), weak }
  }

  /** Undefined when no reading of the passphrase opens it. */
  async #decrypt(encrypted: Encrypted, readings: readonly PassphraseForms[]): Promise<Uint8Array | undefined> {
    for (const scheme of passphraseReadings(encrypted.algorithm)) {
      for (const reading of readings) {
        // Right padding comes by chance once in 256 times, and then no whole SEQUENCE.
        const plain = sequenceIn(await this.#attempt(scheme, encrypted.bytes, reading))
        if (!plain) continue
        this.#schemes.set(scheme.name, scheme)
        return plain
      }
    }
    return undefined
  }

  async #attempt(
    scheme: PassphraseScheme,
    bytes: Uint8Array,
    reading: PassphraseForms,
  ): Promise<Uint8Array | undefined> {
    const { dangerOldCiphers = false, signal } = this.#options
    try {
      return await decryptUnder(scheme, bytes, reading, {
        dangerOldCiphers,
        budget: this.#budget,
        ...(signal ? { signal } : {}),
      })
    } catch (error) {
      if (hasCode(error, 'passphrase_wrong')) return undefined
      throw error
    }
  }
}

/** The one element that `plain` is, in DER; undefined when it is none. */
function sequenceIn(plain: Uint8Array | undefined): Uint8Array | undefined {
  if (plain?.[0] !== TAG.sequence) return undefined
  try {
    return derOfBer(plain, 'SafeContents')
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

const wrong = (): never => fail('passphrase_wrong', {})
