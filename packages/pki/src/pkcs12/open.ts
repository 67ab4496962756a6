// Opens PKCS #12 files, whoever wrote them. The authentication code is checked before anything inside is looked at.

import { DerReader, derOfBer } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import type {
  AnyPrivateKey,
  Encrypted,
  Imported,
  ImportOptions,
  PassphraseForms,
  PassphraseScheme,
} from '../crypto/index.ts'
import { DerivationBudget, decryptUnder, importPrivateKey, passphraseReadings } from '../crypto/index.ts'
import { fail, hasCode } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { CERT_BAG, CRL_BAG, KEY_BAG, SHROUDED_KEY_BAG } from './oids.ts'
import { checkMac, readingsOf } from './passphrase.ts'
import { readPfx, readSafes } from './pfx.ts'
import type { SafeBag } from './safe-bag.ts'
import { certificateOf, crlOf, readSafeContents } from './safe-bag.ts'

export interface Pkcs12Options extends ImportOptions {
  /** The passphrase of the keys, when it is not that of the file. */
  readonly keyPassphrase?: string
  /** Also open a file that has no authentication code: whoever passed it on may have changed it. @default false */
  readonly allowWithoutMac?: boolean
  /** Also open what is under 3DES or RC2, as files for Apple, Android and old Windows are. @default false */
  readonly dangerOldCiphers?: boolean
}

export interface Pkcs12Key<Key extends AnyPrivateKey = AnyPrivateKey> {
  readonly key: Key
  /** The certificate for this key, DER; undefined when the file has none. */
  readonly certificate?: Uint8Array
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
}

export interface Pkcs12Certificate {
  readonly der: Uint8Array
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
  /** OIDs of the purposes that a Java key store trusts it for. */
  readonly trustedFor?: readonly string[]
}

/** How a file is protected, in names for people. */
export interface Pkcs12Protection {
  /** `HMAC SHA-256`, `PBMAC1 SHA-256`; undefined when there is no authentication code. */
  readonly mac?: string
  /** The schemes met, each once: `PBES2 AES-256-CBC`, `PKCS #12 RC2-40`. */
  readonly encryption: readonly string[]
  /** Whether one of them is broken or too short, or a key is not encrypted at all. */
  readonly weak: boolean
}

/** All that a file holds, each list in the order of the file. */
export interface Pkcs12Contents<Key extends AnyPrivateKey = AnyPrivateKey> {
  readonly keys: readonly Pkcs12Key<Key>[]
  /** Those of the keys too. */
  readonly certificates: readonly Pkcs12Certificate[]
  /** Revocation lists, DER. */
  readonly crls: readonly Uint8Array[]
  /** Types of bags that are not read, such as secret keys. */
  readonly others: readonly string[]
  readonly protection: Pkcs12Protection
}

/**
 * Opens a file with any number of keys and certificates, also none: trust stores have no key.
 * @throws passphrase_wrong only when it is, or the file was changed; key_passphrase_wrong when the file opens and a key
 *   in it does not; pkcs12_mac_missing and algorithm_weak unless the options allow it; algorithm_unsupported with the OID
 *   of what is not known; pkcs12_malformed, der_malformed, der_too_deep, input_too_large (size, or rounds of derivation),
 *   key_malformed, certificate_malformed
 * @example
 * const file = await writePkcs12Certificates({ certificates: [{ der: sample.root.certificate.der }], passphrase: 'secret' })
 * const { certificates, keys } = await openPkcs12(file, 'secret')
 * assert.deepEqual([certificates.length, keys.length], [1, 0])
 */
export async function openPkcs12<Options extends Pkcs12Options = Record<never, never>>(
  file: Uint8Array,
  passphrase: string,
  options?: Options,
): Promise<Pkcs12Contents<Imported<Options>>> {
  const wishes: Pkcs12Options = options ?? {}
  const { content, macInputs, mac } = readPfx(file)
  if (!mac && !wishes.allowWithoutMac) fail('pkcs12_mac_missing', {})
  const opening = new Opening(wishes)
  const readings = readingsOf(passphrase)
  const proved = mac && (await checkMac(mac, macInputs, readings, opening.budget))
  const forFile = proved ? [proved] : readings
  const bags: SafeBag[] = []
  for (const safe of readSafes(content)) {
    const plain = 'plain' in safe ? safe.plain : await opening.safe(safe, forFile, proved !== undefined)
    bags.push(...readSafeContents(derOfBer(plain, 'SafeContents')))
  }
  const forKeys = wishes.keyPassphrase === undefined ? forFile : readingsOf(wishes.keyPassphrase)
  const certificates = bags.flatMap(certificateIn)
  const keys: Pkcs12Key<Imported<Options>>[] = []
  for (const bag of bags) {
    if (bag.type !== KEY_BAG && bag.type !== SHROUDED_KEY_BAG) continue
    const key = await importPrivateKey(await opening.key(bag, forKeys), options)
    // The public key decides, not localKeyId: the mark is whatever the other program wrote.
    const own = certificates.find(({ der }) => equal(parseCertificate(der).publicKey.spki, key.publicKey))
    keys.push(Object.freeze({ key, ...(own ? { certificate: own.der } : {}), ...marks(bag) }))
  }
  return Object.freeze({
    keys: Object.freeze(keys),
    certificates: Object.freeze(certificates),
    crls: Object.freeze(bags.flatMap((bag) => crlOf(bag) ?? [])),
    others: Object.freeze(bags.filter(({ type }) => !READ.has(type)).map(({ type }) => type)),
    protection: Object.freeze({ ...(mac ? { mac: mac.name } : {}), ...opening.seen() }),
  })
}

/** The work on one file: its budget, and what it was protected with. */
class Opening {
  readonly budget: DerivationBudget = new DerivationBudget()
  readonly #options: Pkcs12Options
  readonly #schemes = new Map<string, PassphraseScheme>()
  #plainKey = false
  #opened = false

  constructor(options: Pkcs12Options) {
    this.#options = options
  }

  async safe(safe: Encrypted, readings: readonly PassphraseForms[], proved: boolean): Promise<Uint8Array> {
    const plain = await this.#decrypt(safe, readings)
    if (plain) return plain
    // The MAC has proved the passphrase, so this part has another one: not a typing error.
    return proved || this.#opened ? fail('pkcs12_malformed', { what: 'a part under another passphrase' }) : wrong()
  }

  async key({ type, value }: SafeBag, readings: readonly PassphraseForms[]): Promise<Uint8Array> {
    if (type === KEY_BAG) {
      this.#plainKey = true
      return value
    }
    const encrypted = DerReader.whole(value, 'EncryptedPrivateKeyInfo', (reader) =>
      reader.sequence((info) => ({ algorithm: info.element(), bytes: info.octetString() })),
    )
    return (await this.#decrypt(encrypted, readings)) ?? fail('key_passphrase_wrong', {})
  }

  seen(): Omit<Pkcs12Protection, 'mac'> {
    const schemes = [...this.#schemes.values()]
    return { encryption: Object.freeze([...this.#schemes.keys()]), weak: this.#plainKey || schemes.some((s) => s.weak) }
  }

  /** Undefined when no reading of the passphrase opens it. */
  async #decrypt(encrypted: Encrypted, readings: readonly PassphraseForms[]): Promise<Uint8Array | undefined> {
    for (const scheme of passphraseReadings(encrypted.algorithm)) {
      for (const reading of readings) {
        const plain = await this.#attempt(scheme, encrypted.bytes, reading)
        // A SEQUENCE must come; one wrong key in 256 has right padding by chance.
        if (plain?.[0] !== SEQUENCE) continue
        this.#schemes.set(scheme.name, scheme)
        this.#opened = true
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
    const { dangerOldCiphers = false } = this.#options
    try {
      return await decryptUnder(scheme, bytes, reading, { dangerOldCiphers, budget: this.budget })
    } catch (error) {
      if (hasCode(error, 'passphrase_wrong')) return undefined
      throw error
    }
  }
}

function certificateIn(bag: SafeBag): Pkcs12Certificate[] {
  const der = certificateOf(bag)
  return der ? [Object.freeze({ der, ...marks(bag), ...(bag.trustedFor ? { trustedFor: bag.trustedFor } : {}) })] : []
}

const marks = ({ friendlyName, localKeyId }: SafeBag): Pick<Pkcs12Certificate, 'friendlyName' | 'localKeyId'> => ({
  ...(friendlyName ? { friendlyName } : {}),
  ...(localKeyId ? { localKeyId } : {}),
})

const wrong = (): never => fail('passphrase_wrong', {})
const READ: ReadonlySet<string> = new Set([KEY_BAG, SHROUDED_KEY_BAG, CERT_BAG, CRL_BAG])
const SEQUENCE = 0x30
