// Certificates for tests, good and bad ones: whatever is wished for is signed.

import { defaultSignature, type KeySpec } from '@scel/pki/algorithms'
import { fromHex, pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, type KeyPair, sign } from '@scel/pki/crypto'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  type Certificate,
  type Extension,
  keyIdentifier,
  makeExtension,
  type Name,
  type NameInput,
  parseCertificate,
  parseNameText,
} from '@scel/pki/x509'

/** The moment at which tests with fixed dates take place. */
export const NOW: Date = new Date('2026-06-01T12:00:00Z')

/** A certificate, and the keys that it is about. */
export interface Holder {
  readonly certificate: Certificate
  readonly keys: KeyPair
}

export interface Wish {
  /** A name, what to build it of, or its text. */
  readonly name: Name | readonly NameInput[] | string
  /** Self-signed without one. */
  readonly issuer?: Holder
  readonly spec?: KeySpec
  readonly keys?: KeyPair
  /** Whose private half nobody here has, instead of `keys`: the SPKI. */
  readonly publicKey?: Uint8Array
  readonly serial?: string
  /** Beside the identifiers of its key and of its issuer's. */
  readonly extensions?: readonly Extension[]
  /** Replaces the extensions that every certificate here gets. */
  readonly only?: readonly Extension[]
  readonly notBefore?: Date | string
  readonly notAfter?: Date | string
}

let next = 0x4100000000000000n

/** Signs whatever is wished for: tests need bad certificates too. */
export async function certify(wish: Wish): Promise<Holder> {
  const keys = wish.keys ?? (await generateKeyPair(wish.spec ?? 'ec-p256'))
  const publicKey = wish.publicKey ?? keys.publicKey
  const subject = nameOf(wish.name)
  const signer = wish.issuer?.keys ?? keys
  const signature = defaultSignature(signer.privateKey.spec)
  const tbs = buildTbsCertificate({
    serial: fromHex(wish.serial ?? (next++).toString(16)),
    signature,
    issuer: wish.issuer?.certificate.subject ?? subject,
    subject,
    notBefore: new Date(wish.notBefore ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(wish.notAfter ?? '2027-12-31T23:59:59Z'),
    publicKey,
    extensions: wish.only ?? [
      makeExtension('subjectKeyIdentifier', await keyIdentifier(publicKey)),
      ...(wish.issuer
        ? [makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(signer.publicKey) })]
        : []),
      ...(wish.extensions ?? []),
    ],
  })
  const certificate = parseCertificate(assembleSigned(tbs, signature, await sign(signer.privateKey, tbs, signature)))
  return { certificate, keys }
}

function nameOf(name: Wish['name']): Name {
  if (typeof name === 'string') return parseNameText(name)
  return 'der' in name ? name : buildName(name)
}

export const named = (commonName: string): NameInput[] => [
  { type: 'countryName', value: 'FR' },
  { type: 'organizationName', value: 'Scel Tests' },
  { type: 'commonName', value: commonName },
]

/** Their certificates, one after the other. */
export const pemOf = (...holders: readonly Pick<Holder, 'certificate'>[]): string =>
  holders.map(({ certificate }) => pemEncode('CERTIFICATE', certificate.der)).join('')

/** PKCS #8. */
export const keyPemOf = async ({ keys }: Holder): Promise<string> =>
  pemEncode('PRIVATE KEY', await exportPrivateKey(keys.privateKey))
