// From a request to a signed certificate, as a ratio to what no program of this kind can go below: one P-256
// verification and one signature with keys that were loaded before. Every request has a key of its own, as in life.

import { generateKeyPairSync, sign as nodeSign, verify as nodeVerify } from 'node:crypto'
import { defaultSignature } from '../src/algorithms/index.ts'
import { concat } from '../src/bytes/index.ts'
import { generateKeyPair, randomBytes, sign } from '../src/crypto/index.ts'
import { lintCertificate } from '../src/lint/index.ts'
import {
  assembleSigned,
  buildName,
  buildRequest,
  buildTbsCertificate,
  keyIdentifier,
  makeExtension,
  parseRequest,
  validityOf,
  verifyRequest,
} from '../src/x509/index.ts'
import { measure, perSecond, print, ratio } from './table.ts'

const REQUESTS = 400
const LEAST = 0.7

const authority = await generateKeyPair('ec-p256')
const issuer = buildName([
  { type: 'countryName', value: 'FR' },
  { type: 'organizationName', value: 'Scel' },
  { type: 'commonName', value: 'Scel Machines' },
])
const row = defaultSignature('ec-p256')
const dates = validityOf(new Date('2026-01-01T00:00:00Z'), 365)
// What is the same in every certificate of a profile is written once.
const fixed = [
  makeExtension('basicConstraints', { ca: false }),
  makeExtension('keyUsage', ['digitalSignature']),
  makeExtension('extendedKeyUsage', ['clientAuth']),
  makeExtension('authorityKeyIdentifier', { keyIdentifier: await keyIdentifier(authority.publicKey) }),
  makeExtension('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: 'http://pki.example/machines.crl' }] }]),
  makeExtension('authorityInfoAccess', [
    { method: 'ocsp', location: { kind: 'uri', value: 'http://pki.example/ocsp' } },
  ]),
]
const requests: Uint8Array[] = []
for (let i = 0; i < REQUESTS; i++) {
  const { privateKey } = await generateKeyPair('ec-p256')
  const subject = buildName([
    { type: 'countryName', value: 'FR' },
    { type: 'organizationName', value: 'La Poste' },
    { type: 'organizationalUnitName', value: 'Workstation' },
    { type: 'commonName', value: `pc-${i}` },
  ])
  requests.push(
    await buildRequest({ subject, key: privateKey, extensions: [makeExtension('keyUsage', ['digitalSignature'])] }),
  )
}

async function issue(der: Uint8Array, linted: boolean): Promise<Uint8Array> {
  const request = parseRequest(der)
  if (!(await verifyRequest(request))) throw new Error('a request of this benchmark does not verify')
  const { spki } = request.publicKey
  const tbs = buildTbsCertificate({
    serial: concat(Uint8Array.of(0x41), randomBytes(15)),
    signature: row,
    issuer,
    subject: request.subject,
    ...dates,
    publicKey: spki,
    extensions: [...fixed, makeExtension('subjectKeyIdentifier', await keyIdentifier(spki))],
  })
  if (linted && lintCertificate(tbs).length > 0) throw new Error('a certificate of this benchmark has findings')
  return assembleSigned(tbs, row, await sign(authority.privateKey, tbs, row))
}

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const data = new Uint8Array(400)
const signature = nodeSign('sha256', data, pair.privateKey)
function bare(): void {
  if (!nodeVerify('sha256', data, pair.publicKey, signature)) throw new Error('no signature')
  nodeSign('sha256', data, pair.privateKey)
}

const { limit, plain, linted } = await measure({
  limit: bare,
  plain: (i) => issue(requests[i % REQUESTS]!, false),
  linted: (i) => issue(requests[i % REQUESTS]!, true),
})
print([
  { what: 'bare loop: one P-256 verify and one sign', value: perSecond(limit) },
  { what: 'request read, proved, certificate signed', value: perSecond(plain), limit: ratio(limit, plain, LEAST) },
  { what: 'the same, linted before it is signed', value: `${perSecond(linted)}, ${(limit / linted).toFixed(2)}` },
])
