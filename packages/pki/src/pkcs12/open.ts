// Opens PKCS #12 files, whoever wrote them. The authentication code is checked before anything inside is looked at.

import { derOfBer } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import type { Imported } from '../crypto/index.ts'
import { importPrivateKey } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import type { Pkcs12Certificate, Pkcs12Contents, Pkcs12Key, Pkcs12Options } from './contents.ts'
import { CERT_BAG, CRL_BAG, KEY_BAG, SHROUDED_KEY_BAG } from './oids.ts'
import { Opening } from './opening.ts'
import { readingsOf } from './passphrase.ts'
import { readPfx, readSafes } from './pfx.ts'
import type { SafeBag } from './safe-bag.ts'
import { certificateOf, crlOf, readSafeContents } from './safe-bag.ts'

/**
 * Opens a file with any number of keys and certificates, also none: trust stores have no key.
 * @throws passphrase_wrong only when it is, or the file was changed; key_passphrase_wrong when the file opens and a key
 *   in it does not; pkcs12_mac_missing and algorithm_weak unless the options allow it; algorithm_unsupported with the OID
 *   of what is not known; pkcs12_malformed, der_malformed, der_too_deep, input_too_large (size, or work of derivation),
 *   key_malformed, certificate_malformed; the reason of `signal`
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
  const forFile = mac ? [await opening.check(mac, macInputs, readings)] : readings
  const bags: SafeBag[] = []
  for (const safe of readSafes(content)) {
    const plain = 'plain' in safe ? derOfBer(safe.plain, 'SafeContents') : await opening.safe(safe, forFile)
    for (const bag of readSafeContents(plain)) bags.push(bag)
  }
  const forKeys = wishes.keyPassphrase === undefined ? forFile : readingsOf(wishes.keyPassphrase)
  const certificates = bags.flatMap(certificateIn)
  const spkis: Uint8Array[] = []
  const spkiOf = (i: number): Uint8Array => (spkis[i] ??= parseCertificate(certificates[i]!.der).publicKey.spki)
  const keys: Pkcs12Key<Imported<Options>>[] = []
  for (const bag of bags) {
    if (bag.type !== KEY_BAG && bag.type !== SHROUDED_KEY_BAG) continue
    const key = await importPrivateKey(await opening.key(bag, forKeys), options)
    // The public key decides, not localKeyId: the mark is whatever the other program wrote.
    const own = certificates.find((_, i) => equal(spkiOf(i), key.publicKey))
    keys.push(Object.freeze({ key, ...(own ? { certificate: own.der } : {}), ...marks(bag) }))
    if (keys.length > MOST_KEYS) fail('input_too_large', { what: 'keys', limit: MOST_KEYS })
  }
  return Object.freeze({
    keys: Object.freeze(keys),
    certificates: Object.freeze(certificates),
    crls: Object.freeze(bags.flatMap((bag) => crlOf(bag) ?? [])),
    others: Object.freeze(bags.filter(({ type }) => !READ.has(type)).map(({ type }) => type)),
    protection: Object.freeze({ ...(mac ? { mac: mac.name } : {}), ...opening.seen() }),
  })
}

function certificateIn(bag: SafeBag): Pkcs12Certificate[] {
  const der = certificateOf(bag)
  return der ? [Object.freeze({ der, ...marks(bag), ...(bag.trustedFor ? { trustedFor: bag.trustedFor } : {}) })] : []
}

const marks = ({ friendlyName, localKeyId }: SafeBag): Pick<Pkcs12Certificate, 'friendlyName' | 'localKeyId'> => ({
  ...(friendlyName ? { friendlyName } : {}),
  ...(localKeyId ? { localKeyId } : {}),
})

const READ: ReadonlySet<string> = new Set([KEY_BAG, SHROUDED_KEY_BAG, CERT_BAG, CRL_BAG])
// Each costs an import, and a search among the certificates.
const MOST_KEYS = 100
