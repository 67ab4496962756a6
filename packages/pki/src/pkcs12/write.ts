// Writes PKCS #12 files (RFC 7292): the certificates in one encrypted safe, the key by itself in another.

import { explicit, implicit, integer, octetString, oid, sequence } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import type { AnyPrivateKey, ExportOptions } from '../crypto/index.ts'
import { exportPrivateKey } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import { keyIdentifier, parseCertificate } from '../x509/index.ts'
import type { Pkcs12Kind } from './kind.ts'
import { PKCS12_KINDS } from './kind.ts'
import { ANY_PURPOSE, DATA, ENCRYPTED_DATA } from './oids.ts'
import { certificateBag, keyBag } from './safe-bag.ts'

interface Protection {
  readonly passphrase: string
  /** See `pkcs12KindFor`. @default 'modern' */
  readonly kind?: Pkcs12Kind
  /** Rounds of each derivation. @default 150000; 2048 for compatible files, as the devices write them */
  readonly iterations?: number
}

/** A key, its certificates, and how they are to be protected. */
export interface Pkcs12Input extends Protection, ExportOptions {
  readonly key: AnyPrivateKey
  /** The key's own certificate, DER. */
  readonly certificate: Uint8Array
  /** The authorities above it, nearest first, DER each; the root may be left out. */
  readonly chain: readonly Uint8Array[]
  /** The name under which key stores show it. */
  readonly friendlyName: string
}

/** Certificates, and how they are to be protected. */
export interface Pkcs12CertificatesInput extends Protection {
  readonly certificates: readonly {
    readonly der: Uint8Array
    readonly friendlyName?: string
    /** Lets Java take it as a trusted certificate, which it does with marked ones only. @default false */
    readonly trusted?: boolean
  }[]
}

/**
 * A file with a key and its certificates, DER. The passphrase protects the key against everyone who gets the file: it
 * should be long.
 * @throws key_mismatch when the certificate is another key's; certificate_malformed; string_malformed for a name or, in
 *   classic files, a passphrase that BMPString cannot hold
 * @example
 * const { certificate, key } = sample.person
 * const chain = [sample.issuing.certificate.der]
 * const file = await writePkcs12({ key, certificate: certificate.der, chain, friendlyName: 'Ana', passphrase: 'secret', kind: pkcs12KindFor('macos') })
 * const read = await readPkcs12(file, 'secret', { dangerOldCiphers: true })
 * assert.equal(read.protection.weak, true)
 */
export async function writePkcs12(input: Pkcs12Input): Promise<Uint8Array> {
  const { key, friendlyName, form } = input
  const certificate = parseCertificate(input.certificate)
  if (!equal(certificate.publicKey.spki, key.publicKey)) fail('key_mismatch', { what: 'certificate' })
  const mark = { friendlyName, localKeyId: await keyIdentifier(key.publicKey) }
  const certificates = sequence(
    certificateBag(input.certificate, mark),
    input.chain.map((authority) => certificateBag(authority, {})),
  )
  const { algorithm, bytes } = await encrypt(await exportPrivateKey(key, form ? { form } : {}), input)
  const encryptedKey = sequence(algorithm, octetString(bytes))
  return pfx([await encryptedContent(certificates, input), dataContent(sequence(keyBag(encryptedKey, mark)))], input)
}

/**
 * A file of certificates without a key, DER: a trust store.
 * @throws certificate_malformed, string_malformed
 * @example
 * const file = await writePkcs12Certificates({
 *   certificates: [{ der: sample.root.certificate.der, friendlyName: 'root', trusted: true }],
 *   passphrase: 'changeit',
 * })
 * assert.equal((await openPkcs12(file, 'changeit')).certificates[0]?.friendlyName, 'root')
 */
export async function writePkcs12Certificates(input: Pkcs12CertificatesInput): Promise<Uint8Array> {
  const bags = input.certificates.map(({ der, friendlyName, trusted }) => {
    parseCertificate(der)
    return certificateBag(der, { ...(friendlyName ? { friendlyName } : {}), ...(trusted ? TRUSTED : {}) })
  })
  return pfx([await encryptedContent(sequence(bags), input)], input)
}

async function pfx(safes: readonly Uint8Array[], { passphrase, kind = 'modern', iterations }: Protection) {
  const content = sequence(safes)
  const row = PKCS12_KINDS[kind]
  return sequence(integer(3), dataContent(content), await row.mac(content, passphrase, iterations ?? row.iterations))
}

const dataContent = (content: Uint8Array): Uint8Array => sequence(oid(DATA), explicit(0, octetString(content)))

async function encryptedContent(content: Uint8Array, protection: Protection): Promise<Uint8Array> {
  const { algorithm, bytes } = await encrypt(content, protection)
  const info = sequence(oid(DATA), algorithm, implicit(0, bytes))
  return sequence(oid(ENCRYPTED_DATA), explicit(0, sequence(integer(0), info)))
}

function encrypt(plain: Uint8Array, { passphrase, kind = 'modern', iterations }: Protection) {
  const row = PKCS12_KINDS[kind]
  return row.encrypt(plain, passphrase, iterations ?? row.iterations)
}

const TRUSTED = Object.freeze({ trustedFor: [ANY_PURPOSE] })
