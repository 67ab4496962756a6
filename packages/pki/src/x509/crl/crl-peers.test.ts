// Delta, indirect and partitioned CRLs as other programs read, write and obey them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  type Chain,
  certify,
  type Holder,
  leafExtensions,
  makeChain,
  NOW,
  named,
} from '@scel/testkit/authority'
import { type Bench, bench } from '@scel/testkit/peers'
import { defaultSignature } from '../../algorithms/index.ts'
import { pemDecode, pemEncode, toHex } from '../../bytes/index.ts'
import { sign } from '../../crypto/index.ts'
import type { CrlEntryInput, Extension, IssuingDistributionPoint } from '../index.ts'
import { assembleSigned, buildTbsCrl, crlEntry, extension, makeExtension, parseCrl, verifySigned } from '../index.ts'

const DAY = 86_400_000
const REVOKED_AT = new Date(NOW.getTime() - DAY)
const SCOPE: IssuingDistributionPoint = {
  onlyContainsUserCerts: false,
  onlyContainsCACerts: false,
  indirectCRL: false,
  onlyContainsAttributeCerts: false,
}

interface Wish {
  readonly number?: bigint
  readonly entries?: readonly CrlEntryInput[]
  readonly extensions?: readonly Extension[]
}

async function makeCrl(
  { certificate, keys }: Holder,
  { number = 1n, entries = [], extensions = [] }: Wish,
): Promise<Uint8Array> {
  const row = defaultSignature(keys.privateKey.spec)
  const keyIdentifier = extension(certificate, 'subjectKeyIdentifier')!
  const tbs = buildTbsCrl({
    signature: row,
    issuer: certificate.subject,
    thisUpdate: new Date(NOW.getTime() - DAY),
    nextUpdate: new Date(NOW.getTime() + 7 * DAY),
    entries,
    extensions: [
      makeExtension('authorityKeyIdentifier', { keyIdentifier }),
      makeExtension('cRLNumber', number),
      ...extensions,
    ],
  })
  return assembleSigned(tbs, row, await sign(keys.privateKey, tbs, row))
}

/** What openssl says about the leaf of a chain by these CRLs. */
function judgement(
  peer: Bench,
  { root, issuing, leaf }: Chain,
  crls: readonly Uint8Array[],
  ...flags: string[]
): string {
  for (const [name, { certificate }] of Object.entries({ root, issuing, leaf })) {
    peer.write(`${name}.pem`, pemEncode('CERTIFICATE', certificate.der))
  }
  peer.write('crls.pem', crls.map((der) => pemEncode('X509 CRL', der)).join(''))
  const files = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-CRLfile', 'crls.pem']
  const at = ['-attime', String(NOW.getTime() / 1_000)]
  return peer.run('openssl', 'verify', ...files, '-crl_check', ...flags, ...at, 'leaf.pem').text
}

test('openssl obeys our delta CRLs: revoked by one, released by another', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { root, issuing } = await makeChain()
  const freshest = makeExtension('freshestCRL', [{ fullName: [{ kind: 'uri', value: 'http://pki.example/delta' }] }])
  const leaf = await certify({ name: named('pc-2'), issuer: issuing, extensions: [...leafExtensions(), freshest] })
  const chain = { root, issuing, leaf }
  const { serial } = leaf.certificate
  const base = makeExtension('deltaCRLIndicator', 5n)
  const held = { serial, revokedAt: REVOKED_AT, reason: 'certificateHold' } as const
  const full = await makeCrl(issuing, { number: 5n, extensions: [freshest] })
  const fullHeld = await makeCrl(issuing, { number: 5n, entries: [held], extensions: [freshest] })
  const delta = await makeCrl(issuing, { number: 6n, entries: [held], extensions: [base] })
  const release = { serial, revokedAt: REVOKED_AT, reason: 'removeFromCRL' } as const
  const released = await makeCrl(issuing, { number: 6n, entries: [release], extensions: [base] })
  assert.match(judgement(peer, chain, [full], '-use_deltas'), /leaf\.pem: OK/)
  assert.match(judgement(peer, chain, [full, delta], '-use_deltas'), /certificate revoked/)
  assert.match(judgement(peer, chain, [fullHeld], '-use_deltas'), /certificate revoked/)
  assert.match(judgement(peer, chain, [fullHeld, released], '-use_deltas'), /leaf\.pem: OK/)
  const read = parseCrl(released)
  assert.equal(extension(read, 'deltaCRLIndicator'), 5n)
  assert.equal(crlEntry(read, serial)?.reason, 'removeFromCRL')
})

test('openssl obeys our indirect CRL, for the authority that its entry names', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { root, issuing } = await makeChain()
  const crlIssuer = await certify({ name: named('CRL issuer'), issuer: root, extensions: authorityExtensions(0) })
  const point = { fullName: [{ kind: 'uri', value: 'http://pki.example/all' }] } as const
  const leaf = await certify({
    name: named('pc-3'),
    issuer: issuing,
    extensions: [
      ...leafExtensions(),
      makeExtension('crlDistributionPoints', [
        { ...point, crlIssuer: [{ kind: 'directoryName', name: crlIssuer.certificate.subject }] },
      ]),
    ],
  })
  const chain = { root, issuing, leaf }
  const extensions = [makeExtension('issuingDistributionPoint', { ...SCOPE, ...point, indirectCRL: true })]
  const revoked = { serial: leaf.certificate.serial, revokedAt: REVOKED_AT, reason: 'keyCompromise' } as const
  const ofIssuing = await makeCrl(crlIssuer, {
    entries: [{ ...revoked, issuer: issuing.certificate.subject }],
    extensions,
  })
  const ofOther = await makeCrl(crlIssuer, { entries: [{ ...revoked, issuer: root.certificate.subject }], extensions })
  peer.write('signer.pem', pemEncode('CERTIFICATE', crlIssuer.certificate.der))
  const flags = ['-extended_crl', '-untrusted', 'signer.pem']
  assert.match(judgement(peer, chain, [ofIssuing], ...flags), /certificate revoked/)
  assert.match(judgement(peer, chain, [ofOther], ...flags), /leaf\.pem: OK/)
  assert.equal(crlEntry(parseCrl(ofIssuing), leaf.certificate.serial), undefined)
  assert.ok(crlEntry(parseCrl(ofIssuing), leaf.certificate.serial, issuing.certificate.subject))
})

test('openssl and GnuTLS print our partitioned CRL with its scope, reasons and number', async (t) => {
  const peer = bench(t, 'openssl', 'certtool')
  if (!peer) return
  const { issuing } = await makeChain()
  const point: IssuingDistributionPoint = {
    ...SCOPE,
    fullName: [{ kind: 'uri', value: 'http://pki.example/part-3' }],
    onlyContainsUserCerts: true,
    onlySomeReasons: [1, 2],
  }
  const der = await makeCrl(issuing, {
    number: 0x1234n,
    entries: [
      { serial: Uint8Array.of(0x41), revokedAt: REVOKED_AT, reason: 'keyCompromise' },
      {
        serial: Uint8Array.of(0x42),
        revokedAt: REVOKED_AT,
        reason: 'privilegeWithdrawn',
        extensions: [makeExtension('invalidityDate', NOW)],
      },
    ],
    extensions: [makeExtension('issuingDistributionPoint', point)],
  })
  peer.write('crl.der', der)
  const openssl = peer.run('openssl', 'crl', '-inform', 'DER', '-in', 'crl.der', '-noout', '-text').text
  for (const word of [
    '4660',
    'URI:http://pki.example/part-3',
    'Only User Certificates',
    'Key Compromise, CA Compromise',
  ]) {
    assert.ok(openssl.includes(word), openssl)
  }
  for (const word of ['Invalidity Date', 'Jun  1 12:00:00 2026 GMT', 'Privilege Withdrawn']) {
    assert.ok(openssl.includes(word), openssl)
  }
  const gnutls = peer.run('certtool', '--crl-info', '--inder', '--infile', 'crl.der').text
  for (const word of ['CRL Number (not critical): 1234', 'Revoked certificates (2)', 'Serial Number (hex): 42']) {
    assert.ok(gnutls.includes(word), gnutls)
  }
  assert.deepEqual(extension(parseCrl(der), 'issuingDistributionPoint'), point)
})

test('we read the CRLs of GnuTLS', async (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  const made = gnutlsCrl(peer)
  assert.ok(made.ok, made.text)
  const crl = parseCrl(pemDecode(peer.text('crl.pem'))[0]!.der)
  assert.equal(extension(crl, 'cRLNumber'), 9n)
  assert.deepEqual(
    Array.from(crl.entries, ({ serial }) => toHex(serial)),
    ['2a'],
  )
  assert.ok(crlEntry(crl, Uint8Array.of(42)))
})

test('openssl reads a CRL of twenty thousand entries as we wrote it', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { issuing } = await makeChain()
  const serial = (i: number): Uint8Array => Uint8Array.of(0x41, i >> 8, i & 255)
  const entries = Array.from({ length: 20_000 }, (_, i) => ({ serial: serial(i), revokedAt: REVOKED_AT }))
  const der = await makeCrl(issuing, { entries })
  peer.write('crl.der', der)
  peer.write('ca.pem', pemEncode('CERTIFICATE', issuing.certificate.der))
  const files = ['-in', 'crl.der', '-CAfile', 'ca.pem', '-out', 'crl.txt']
  const { text } = peer.run('openssl', 'crl', '-inform', 'DER', '-noout', '-text', ...files)
  assert.match(text, /verify OK/)
  assert.equal(peer.text('crl.txt').match(/Serial Number: /g)?.length, 20_000)
  assert.equal(await verifySigned(parseCrl(der), issuing.keys.publicKey), true)
})

function gnutlsCrl(peer: Bench): { readonly ok: boolean; readonly text: string } {
  peer.write('ca.tmpl', 'cn = "GnuTLS CA"\nca\ncert_signing_key\ncrl_signing_key\nserial = 1\nexpiration_days = 30\n')
  peer.write('leaf.tmpl', 'cn = "leaf"\nserial = 42\nexpiration_days = 30\n')
  peer.write('crl.tmpl', 'crl_next_update = 43\ncrl_number = 9\n')
  const run = (...args: string[]): void => void peer.run('certtool', ...args)
  run('--generate-privkey', '--key-type', 'ecdsa', '--outfile', 'ca.key')
  run('--generate-self-signed', '--load-privkey', 'ca.key', '--template', 'ca.tmpl', '--outfile', 'ca.crt')
  const ca = ['--load-ca-certificate', 'ca.crt', '--load-ca-privkey', 'ca.key']
  run('--generate-certificate', '--load-privkey', 'ca.key', ...ca, '--template', 'leaf.tmpl', '--outfile', 'leaf.crt')
  const of = ['--load-certificate', 'leaf.crt', '--template', 'crl.tmpl', '--outfile', 'crl.pem']
  return peer.run('certtool', '--generate-crl', ...ca, ...of)
}
