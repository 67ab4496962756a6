// A small authority for tests: a root, an issuing authority under it, and leaves, all with fixed dates.

import type { KeySpec } from '../src/algorithms/index.ts'
import { defaultSignature } from '../src/algorithms/index.ts'
import { fromHex } from '../src/bytes/index.ts'
import type { KeyPair } from '../src/crypto/index.ts'
import { generateKeyPair, sign } from '../src/crypto/index.ts'
import type { ValidatePathOptions } from '../src/path/index.ts'
import type { Certificate, Extension, Name, NameInput } from '../src/x509/index.ts'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  keyIdentifier,
  makeExtension,
  parseCertificate,
} from '../src/x509/index.ts'

export const NOW: Date = new Date('2026-06-01T12:00:00Z')
const DATES = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-12-31T23:59:59Z') }

export interface Holder {
  readonly certificate: Certificate
  readonly keys: KeyPair
}

export interface Wish {
  readonly name: readonly NameInput[] | Name
  readonly issuer?: Holder
  readonly spec?: KeySpec
  readonly keys?: KeyPair
  readonly serial?: string
  readonly extensions?: readonly Extension[]
  /** Replaces the extensions that every certificate here gets. */
  readonly only?: readonly Extension[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

let next = 0x4100000000000000n

/** Signs whatever is wished for: tests need bad certificates too. Self-signed without an issuer. */
export async function certify(wish: Wish): Promise<Holder> {
  const keys = wish.keys ?? (await generateKeyPair(wish.spec ?? 'ec-p256'))
  const subject = 'der' in wish.name ? wish.name : buildName(wish.name)
  const signer = wish.issuer?.keys ?? keys
  const row = defaultSignature(signer.privateKey.spec)
  const tbs = buildTbsCertificate({
    serial: fromHex(wish.serial ?? (next++).toString(16)),
    signature: row,
    issuer: wish.issuer?.certificate.subject ?? subject,
    subject,
    notBefore: wish.notBefore ?? DATES.notBefore,
    notAfter: wish.notAfter ?? DATES.notAfter,
    publicKey: keys.publicKey,
    extensions: wish.only ?? [
      makeExtension('subjectKeyIdentifier', await keyIdentifier(keys.publicKey)),
      makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(signer.publicKey) }),
      ...(wish.extensions ?? []),
    ],
  })
  const certificate = parseCertificate(assembleSigned(tbs, row, await sign(signer.privateKey, tbs, row)))
  return { certificate, keys }
}

export const named = (commonName: string): NameInput[] => [
  { type: 'countryName', value: 'FR' },
  { type: 'organizationName', value: 'Scel Tests' },
  { type: 'commonName', value: commonName },
]

export const authorityExtensions = (pathLength?: number): Extension[] => [
  makeExtension('basicConstraints', { ca: true, ...(pathLength === undefined ? {} : { pathLength }) }),
  makeExtension('keyUsage', ['keyCertSign', 'cRLSign']),
]

export const leafExtensions = (...purposes: string[]): Extension[] => [
  makeExtension('keyUsage', ['digitalSignature']),
  makeExtension('extendedKeyUsage', purposes.length > 0 ? purposes : ['clientAuth']),
]

export interface Chain {
  readonly root: Holder
  readonly issuing: Holder
  readonly leaf: Holder
}

export async function makeChain(): Promise<Chain> {
  const root = await certify({ name: named('Root'), spec: 'ec-p384', extensions: authorityExtensions() })
  const issuing = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions(0) })
  const leaf = await certify({ name: named('pc-1'), issuer: issuing, extensions: leafExtensions() })
  return { root, issuing, leaf }
}

/** The question whether the leaf of a chain is good, for any purpose, whatever was revoked. */
export const pathOf = ({ root, issuing, leaf }: Chain): ValidatePathOptions => ({
  leaf: leaf.certificate,
  intermediates: [issuing.certificate],
  anchors: [root.certificate],
  at: NOW,
  purpose: 'any',
  revocation: 'not-asked',
})
