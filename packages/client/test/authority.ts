// A small authority for transcripts: names, serial numbers and dates are fixed, keys are new each time.

import { defaultSignature, type KeySpec } from '@scel/pki/algorithms'
import { fromHex } from '@scel/pki/bytes'
import { generateKeyPair, type KeyPair, sign } from '@scel/pki/crypto'
import {
  assembleSigned,
  buildTbsCertificate,
  buildTbsCrl,
  type Certificate,
  type Extension,
  keyIdentifier,
  makeExtension,
  parseCertificate,
  parseNameText,
  type TbsCrlInput,
} from '@scel/pki/x509'

/** The moment at which transcripts without a desk take place. */
export const NOW: Date = new Date('2026-06-01T12:00:00Z')

export interface Holder {
  readonly certificate: Certificate
  readonly keys: KeyPair
}

export interface Wish {
  readonly name: string
  /** Self-signed without one. */
  readonly issuer?: Holder
  readonly spec?: KeySpec
  readonly keys?: KeyPair
  readonly serial: string
  readonly from?: string
  readonly until?: string
  readonly extensions?: readonly Extension[]
}

/** Signs what is wished for. */
export async function certify(wish: Wish): Promise<Holder> {
  const keys = wish.keys ?? (await generateKeyPair(wish.spec ?? 'ec-p256'))
  const subject = parseNameText(wish.name)
  const signer = wish.issuer?.keys ?? keys
  const signature = defaultSignature(signer.privateKey.spec)
  const tbs = buildTbsCertificate({
    serial: fromHex(wish.serial),
    signature,
    issuer: wish.issuer?.certificate.subject ?? subject,
    subject,
    notBefore: new Date(wish.from ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(wish.until ?? '2027-12-31T23:59:59Z'),
    publicKey: keys.publicKey,
    extensions: [
      makeExtension('subjectKeyIdentifier', await keyIdentifier(keys.publicKey)),
      ...(wish.issuer
        ? [makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(signer.publicKey) })]
        : []),
      ...(wish.extensions ?? []),
    ],
  })
  const certificate = parseCertificate(assembleSigned(tbs, signature, await sign(signer.privateKey, tbs, signature)))
  return { certificate, keys }
}

export const authority = (pathLength?: number): Extension[] => [
  makeExtension('basicConstraints', { ca: true, ...(pathLength === undefined ? {} : { pathLength }) }),
  makeExtension('keyUsage', ['keyCertSign', 'cRLSign']),
]

export interface ListWish extends Partial<Pick<TbsCrlInput, 'thisUpdate' | 'nextUpdate' | 'entries'>> {
  readonly issuer: Holder
  readonly extensions: readonly Extension[]
}

/** A revocation list of an authority, DER. */
export async function revoke({ issuer, extensions, ...rest }: ListWish): Promise<Uint8Array> {
  const signature = defaultSignature(issuer.keys.privateKey.spec)
  const tbs = buildTbsCrl({
    signature,
    issuer: issuer.certificate.subject,
    thisUpdate: new Date('2026-06-01T00:00:00Z'),
    nextUpdate: new Date('2026-06-08T00:00:00Z'),
    entries: [],
    ...rest,
    extensions: [
      makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(issuer.keys.publicKey) }),
      ...extensions,
    ],
  })
  return assembleSigned(tbs, signature, await sign(issuer.keys.privateKey, tbs, signature))
}
