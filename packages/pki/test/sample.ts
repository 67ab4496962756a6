// What the examples in doc comments speak about: `sample` stands for the reader's own certificates, keys and files.

import { authorityExtensions, certify, type Holder, NOW, type Wish } from '@scel/testkit/authority'
import { defaultSignature } from '../src/algorithms/index.ts'
import type { PrivateKey } from '../src/crypto/index.ts'
import { sign } from '../src/crypto/index.ts'
import type { Certificate, NameInput } from '../src/x509/index.ts'
import {
  assembleSigned,
  buildName,
  buildRequest,
  buildTbsCrl,
  keyIdentifier,
  makeExtension,
} from '../src/x509/index.ts'

export interface Example {
  readonly certificate: Certificate
  readonly key: PrivateKey
}

export interface Sample {
  /** A moment at which all the certificates are within their dates: 2026-06-01T12:00:00Z. */
  readonly at: Date
  /** P-384, path length free; `CN=Root,O=Scel,C=FR`. */
  readonly root: Example
  /** P-256, path length 0; `CN=Issuing,O=Scel,C=FR`. */
  readonly issuing: Example
  /** E-mail protection, ana@example.org; `CN=Ana,O=Scel,C=FR`. */
  readonly person: Example
  /** TLS server, www.example.org; `CN=www.example.org,O=Scel,C=FR`. */
  readonly server: Example
  /** As `server`, and listed by `crl` as superseded; `CN=old.example.org,O=Scel,C=FR`. */
  readonly revoked: Example
  /** Revocation list of `issuing`, number 7, DER. */
  readonly crl: Uint8Array
  /** Certification request for a key of its own, DER; `CN=pc-1,O=Scel,C=FR`. */
  readonly request: Uint8Array
  readonly passphrase: string
}

async function makeSample(): Promise<Sample> {
  const root = await certify({ name: named('Root'), spec: 'ec-p384', extensions: authorityExtensions() })
  const issuing = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions(0) })
  const leaf = (commonName: string, extensions: Wish['extensions']): Promise<Holder> =>
    certify({ name: named(commonName), issuer: issuing, ...(extensions ? { extensions } : {}) })
  const person = await leaf('Ana', [
    makeExtension('keyUsage', ['digitalSignature', 'keyAgreement']),
    makeExtension('extendedKeyUsage', ['emailProtection']),
    makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'ana@example.org' }]),
  ])
  const server = await leaf('www.example.org', serverExtensions('www.example.org'))
  const revoked = await leaf('old.example.org', serverExtensions('old.example.org'))
  const stranger = await certify({ name: named('pc-1') })
  return Object.freeze({
    at: NOW,
    root: example(root),
    issuing: example(issuing),
    person: example(person),
    server: example(server),
    revoked: example(revoked),
    crl: await crlOf(issuing, revoked),
    request: await buildRequest({
      subject: buildName(named('pc-1')),
      key: stranger.keys.privateKey,
      extensions: [makeExtension('keyUsage', ['digitalSignature'])],
    }),
    passphrase: 'correct horse battery staple',
  })
}

const named = (commonName: string): NameInput[] => [
  { type: 'countryName', value: 'FR' },
  { type: 'organizationName', value: 'Scel' },
  { type: 'commonName', value: commonName },
]

const serverExtensions = (host: string): Wish['extensions'] => [
  makeExtension('keyUsage', ['digitalSignature']),
  makeExtension('extendedKeyUsage', ['serverAuth']),
  makeExtension('subjectAltName', [{ kind: 'dNSName', value: host }]),
]

const example = ({ certificate, keys }: Holder): Example => Object.freeze({ certificate, key: keys.privateKey })

async function crlOf(issuer: Holder, revoked: Holder): Promise<Uint8Array> {
  const row = defaultSignature('ec-p256')
  const tbs = buildTbsCrl({
    signature: row,
    issuer: issuer.certificate.subject,
    thisUpdate: new Date('2026-06-01T00:00:00Z'),
    nextUpdate: new Date('2026-06-08T00:00:00Z'),
    entries: [
      {
        serial: revoked.certificate.serial,
        revokedAt: new Date('2026-05-01T00:00:00Z'),
        reason: 'superseded',
      },
    ],
    extensions: [
      makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(issuer.keys.publicKey) }),
      makeExtension('cRLNumber', 7n),
    ],
  })
  return assembleSigned(tbs, row, await sign(issuer.keys.privateKey, tbs, row))
}

export const sample: Sample = await makeSample()
