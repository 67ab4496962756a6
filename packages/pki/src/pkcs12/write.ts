// Writes a PKCS #12 file (RFC 7292) as today's programs read it: PBES2 with AES-256-CBC for key and certificates,
// HMAC-SHA-256 for the whole. PBMAC1 is not written: OpenSSL before 3.4 and Windows take it for a wrong password.

import { explicit, implicit, integer, octetString, oid, sequence } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import type { PrivateKey } from '../crypto/index.ts'
import { encryptPbes2, encryptPrivateKey } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import { keyIdentifier, parseCertificate } from '../x509/index.ts'
import { writeMac } from './mac.ts'
import { DATA, ENCRYPTED_DATA } from './oids.ts'
import { certificateBag, keyBag } from './safe-bag.ts'

export interface Pkcs12Input {
  readonly key: PrivateKey
  /** The key's own certificate, DER. */
  readonly certificate: Uint8Array
  /** The authorities above it, nearest first, DER each; the root may be left out. */
  readonly chain: readonly Uint8Array[]
  /** The name under which key stores show it. */
  readonly friendlyName: string
  readonly passphrase: string
  /** Rounds of each of the three derivations. @default 150000 */
  readonly iterations?: number
}

/**
 * A PFX, DER. The passphrase protects the key against everyone who gets the file: it should be long.
 * @throws key_mismatch when the certificate is another key's, certificate_malformed, string_malformed
 */
export async function writePkcs12(input: Pkcs12Input): Promise<Uint8Array> {
  const { key, passphrase, friendlyName, iterations = DEFAULT_ITERATIONS } = input
  const certificate = parseCertificate(input.certificate)
  if (!equal(certificate.publicKey.spki, key.publicKey)) fail('key_mismatch', { what: 'certificate' })
  const mark = { friendlyName, localKeyId: await keyIdentifier(key.publicKey) }
  const certificates = sequence(
    certificateBag(input.certificate, mark),
    ...input.chain.map((authority) => certificateBag(authority, {})),
  )
  const encryptedKey = await encryptPrivateKey(key, passphrase, { iterations })
  const safes = sequence(
    await encryptedContent(certificates, passphrase, iterations),
    dataContent(sequence(keyBag(encryptedKey, mark))),
  )
  return sequence(integer(3), dataContent(safes), await writeMac(safes, passphrase, iterations))
}

const dataContent = (content: Uint8Array): Uint8Array => sequence(oid(DATA), explicit(0, octetString(content)))

async function encryptedContent(content: Uint8Array, passphrase: string, iterations: number): Promise<Uint8Array> {
  const { algorithm, bytes } = await encryptPbes2(content, passphrase, iterations)
  const info = sequence(oid(DATA), algorithm, implicit(0, bytes))
  return sequence(oid(ENCRYPTED_DATA), explicit(0, sequence(integer(0), info)))
}

// .NET on Windows refuses a file whose derivations add up to more than 600,000 rounds; ours are three.
const DEFAULT_ITERATIONS = 150_000
