// Reads PKCS #12 files of the kind that this library writes, whoever wrote them: OpenSSL 3, NSS, GnuTLS, Windows
// (AES256-SHA256). The authentication code is checked before anything inside is looked at.

import { contextConstructed, contextPrimitive, DerReader, derOfBer } from '../asn1/index.ts'
import { concat, equal } from '../bytes/index.ts'
import type { PrivateKey } from '../crypto/index.ts'
import { decryptPbes2, decryptPrivateKey } from '../crypto/index.ts'
import { fail, hasCode } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import type { Mac } from './mac.ts'
import { checkMac, readMac } from './mac.ts'
import { CERT_BAG, DATA, ENCRYPTED_DATA, SHROUDED_KEY_BAG } from './oids.ts'
import type { SafeBag } from './safe-bag.ts'
import { certificateOf, readSafeContents } from './safe-bag.ts'

export interface Pkcs12 {
  readonly key: PrivateKey
  /** The key's own certificate, DER. */
  readonly certificate: Uint8Array
  /** All other certificates, in the order of the file, DER each. */
  readonly chain: readonly Uint8Array[]
  readonly friendlyName?: string
}

/**
 * Opens a file with one key and its certificate.
 * @throws passphrase_wrong only when it is; algorithm_unsupported with the algorithm of an older or newer file;
 *   key_mismatch when no certificate is the key's; pkcs12_malformed, der_malformed, input_too_large
 */
export async function readPkcs12(der: Uint8Array, passphrase: string): Promise<Pkcs12> {
  const { content, mac } = readPfx(derOfBer(der, 'PFX'))
  await checkMac(mac, content, passphrase)
  const bags: SafeBag[] = []
  for (const safe of readSafes(derOfBer(content, 'AuthenticatedSafe'))) {
    bags.push(...readSafeContents(await openSafe(safe, passphrase)))
  }
  return Object.freeze(await join(bags, passphrase))
}

function readPfx(der: Uint8Array): { content: Uint8Array; mac: Mac } {
  return DerReader.whole(der, 'PFX', (reader) =>
    reader.sequence((fields) => {
      if (fields.smallInteger() !== 3) malformed('version')
      const content = fields.sequence((info) => {
        // Integrity by signature (signedData) is never met.
        if (info.oid() !== DATA) malformed('authSafe')
        return info.explicit(0, (inner) => inner.octetString())
      })
      return { content, mac: fields.done ? malformed('no MAC') : readMac(fields) }
    }),
  )
}

type Safe = { readonly plain: Uint8Array } | { readonly algorithm: Uint8Array; readonly bytes: Uint8Array }

function readSafes(der: Uint8Array): Safe[] {
  const safes = DerReader.whole(der, 'AuthenticatedSafe', (reader) =>
    reader.sequenceOf((item) =>
      item.sequence((info): Safe => {
        const type = info.oid()
        if (type === DATA) return { plain: info.explicit(0, (inner) => inner.octetString()) }
        if (type !== ENCRYPTED_DATA) malformed('content type')
        return info.explicit(0, (inner) => inner.sequence(readEncryptedData))
      }),
    ),
  )
  return safes.length <= MOST_SAFES ? safes : fail('input_too_large', { what: 'AuthenticatedSafe', limit: MOST_SAFES })
}

function readEncryptedData(fields: DerReader): Safe {
  fields.smallInteger(2)
  return fields.sequence((info) => {
    if (info.oid() !== DATA) malformed('encrypted content')
    const algorithm = info.element()
    // [0] IMPLICIT OCTET STRING: in BER it may be constructed of pieces, and only here is it known to be a string.
    if (info.tag !== contextConstructed(0)) return { algorithm, bytes: info.content(contextPrimitive(0)) }
    const pieces = info.constructed(contextConstructed(0), (inner) => inner.list((piece) => piece.octetString()))
    return { algorithm, bytes: concat(...pieces) }
  })
}

async function openSafe(safe: Safe, passphrase: string): Promise<Uint8Array> {
  const plain = 'plain' in safe ? safe.plain : await decrypted(() => decryptPbes2(safe, passphrase))
  return derOfBer(plain, 'SafeContents')
}

async function join(bags: readonly SafeBag[], passphrase: string): Promise<Pkcs12> {
  const keys = bags.filter((bag) => bag.type === SHROUDED_KEY_BAG)
  const [bag] = keys
  if (!bag) return malformed('no key')
  if (keys.length > 1) malformed('several keys')
  const key = await decrypted(() => decryptPrivateKey(bag.value, passphrase))
  const certificates = bags.filter((one) => one.type === CERT_BAG).flatMap((one) => certificateOf(one.value) ?? [])
  // The public key decides, not localKeyID: the mark is whatever the other program wrote.
  const own = certificates.find((one) => equal(parseCertificate(one).publicKey.spki, key.publicKey))
  if (!own) return fail('key_mismatch', { what: 'certificate' })
  const chain = Object.freeze(certificates.filter((one) => one !== own))
  return { key, certificate: own, chain, ...(bag.friendlyName ? { friendlyName: bag.friendlyName } : {}) }
}

/** The MAC has proved the passphrase, so a part that does not open has another one or is damaged: not a typing error. */
async function decrypted<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (hasCode(error, 'passphrase_wrong')) return malformed('a part under another passphrase')
    throw error
  }
}

const malformed = (what: string): never => fail('pkcs12_malformed', { what })
const MOST_SAFES = 20
