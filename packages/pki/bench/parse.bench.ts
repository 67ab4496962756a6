// Reading a typical certificate, as a ratio to Node's own reader: ours gives typed values of everything, all extensions
// included; Node's is asked for two fields.

import { X509Certificate } from 'node:crypto'
import { defaultSignature, type KeySpec } from '../src/algorithms/index.ts'
import { generateKeyPair, randomBytes, sign } from '../src/crypto/index.ts'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  EXTENSIONS,
  extensionName,
  keyIdentifier,
  makeExtension,
  parseCertificate,
  validityOf,
} from '../src/x509/index.ts'
import { measure, perSecond, print, ratio } from './table.ts'

const CERTIFICATES = 200
const LEAST = 2

const authority = await generateKeyPair('ec-p256')
const row = defaultSignature('ec-p256')

/** What a public authority puts into the certificate of a web server, and into that of a person. */
async function makeCertificate(i: number, spec: KeySpec): Promise<Uint8Array> {
  const { publicKey } = await generateKeyPair(spec)
  const host = `www${i}.example.org`
  const tbs = buildTbsCertificate({
    serial: randomBytes(16).map((octet, at) => (at === 0 ? octet | 0x40 : octet) & 0x7f),
    signature: row,
    issuer: buildName([
      { type: 'countryName', value: 'FR' },
      { type: 'organizationName', value: 'Scel' },
      { type: 'commonName', value: 'Scel Machines 3' },
    ]),
    ...validityOf(new Date('2026-01-01T00:00:00Z'), 90 + i),
    subject: buildName([
      { type: 'countryName', value: 'FR' },
      { type: 'stateOrProvinceName', value: 'Île-de-France' },
      { type: 'organizationName', value: `Organisation ${i}` },
      { type: 'commonName', value: host },
    ]),
    publicKey,
    extensions: [
      makeExtension('keyUsage', ['digitalSignature']),
      makeExtension('extendedKeyUsage', ['serverAuth', 'clientAuth']),
      makeExtension('basicConstraints', { ca: false }),
      makeExtension('subjectKeyIdentifier', await keyIdentifier(publicKey)),
      makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(authority.publicKey) }),
      makeExtension('authorityInfoAccess', [
        { method: 'ocsp', location: { kind: 'uri', value: 'http://pki.example/ocsp' } },
        { method: 'caIssuers', location: { kind: 'uri', value: 'http://pki.example/machines.crt' } },
      ]),
      makeExtension('subjectAltName', [
        { kind: 'dNSName', value: host },
        { kind: 'dNSName', value: `mail${i}.example.org` },
      ]),
      makeExtension('certificatePolicies', [{ policy: '2.23.140.1.2.1' }]),
      makeExtension('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: 'http://pki.example/3.crl' }] }]),
    ],
  })
  return assembleSigned(tbs, row, await sign(authority.privateKey, tbs, row))
}

function readOurs(der: Uint8Array): void {
  const certificate = parseCertificate(der)
  for (const { oid, value } of certificate.extensions) {
    const name = extensionName(oid)
    if (!name || EXTENSIONS[name].parse(value) === undefined)
      throw new Error('an extension of this benchmark is unknown')
  }
}

function readNode(der: Uint8Array): void {
  const certificate = new X509Certificate(der)
  if (!certificate.subject || !certificate.serialNumber) throw new Error('Node reads no certificate of this benchmark')
}

for (const spec of ['ec-p256', 'rsa-2048'] as const) {
  const all: Uint8Array[] = []
  for (let i = 0; i < CERTIFICATES; i++) all.push(await makeCertificate(i, spec))
  const { node, ours } = await measure({
    node: (i) => readNode(all[i % CERTIFICATES]!),
    ours: (i) => readOurs(all[i % CERTIFICATES]!),
  })
  print([
    { what: `${spec}: X509Certificate, its subject and serial`, value: perSecond(node) },
    {
      what: `${spec}: read to typed values with all extensions`,
      value: perSecond(ours),
      limit: ratio(node, ours, LEAST),
    },
  ])
}
