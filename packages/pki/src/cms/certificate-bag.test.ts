import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeChain } from '@scel/testkit/authority'
import { bench, java, selfSigned } from '@scel/testkit/peers'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { sample } from '../../test/sample.ts'
import { element, explicit, implicitConstructed, integer, oid, sequence, setOf, TAG } from '../asn1/index.ts'
import { concat, pemDecode, pemEncode } from '../bytes/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import { buildCertificateBag, readCertificateBag } from './index.ts'

const { root, issuing, leaf } = await makeChain()
const CHAIN = [leaf, issuing, root].map(({ certificate }) => certificate.der)
const CRL = sample.crl

const refuses = (bag: Uint8Array, code: PkiErrorCode): void =>
  assert.throws(
    () => readCertificateBag(bag),
    (error) => hasCode(error, code),
  )

test('what is written is read back the same, in the same order', () => {
  for (const certificates of [[], CHAIN, CHAIN.toReversed()]) {
    for (const crls of [[], [CRL], [CRL, CRL]]) {
      assert.deepEqual(readCertificateBag(buildCertificateBag({ certificates, crls })), { certificates, crls })
    }
  }
  assert.deepEqual(readCertificateBag(buildCertificateBag({})), { certificates: [], crls: [] })
})

test('what is no certificate or list is not written into a bag', () => {
  assert.throws(() => buildCertificateBag({ certificates: [CRL] }), isPkiError)
  assert.throws(() => buildCertificateBag({ crls: [CHAIN[0]!] }), isPkiError)
})

test('openssl reads our bag, and we read the one it makes', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('ours.p7b', buildCertificateBag({ certificates: CHAIN, crls: [CRL] }))
  const printed = peer.run('openssl', 'pkcs7', '-inform', 'DER', '-in', 'ours.p7b', '-print_certs')
  assert.ok(printed.ok, printed.text)
  const shown = pemDecode(printed.text).map(({ der }) => der)
  assert.deepEqual(shown, [...CHAIN, CRL])
  peer.write('chain.pem', CHAIN.map((der) => pemEncode('CERTIFICATE', der)).join(''))
  peer.write('crl.pem', pemEncode('X509 CRL', CRL))
  for (const [wish, crls] of [
    [['-in', 'crl.pem'], [CRL]],
    [['-nocrl'], []],
  ] as const) {
    const made = peer.run(
      'openssl',
      'crl2pkcs7',
      ...wish,
      '-certfile',
      'chain.pem',
      '-outform',
      'DER',
      '-out',
      'theirs.p7b',
    )
    assert.ok(made.ok, made.text)
    assert.deepEqual(readCertificateBag(peer.read('theirs.p7b')), { certificates: CHAIN, crls })
  }
})

test('a signed message of openssl is a bag too, of indefinite length as well', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const der = selfSigned(peer)
  peer.write('text', 'text')
  for (const option of ['-binary', '-stream']) {
    const files = ['-in', 'text', '-signer', 'c.pem', '-inkey', 'k.pem', '-out', 'signed']
    const signed = peer.run('openssl', 'cms', '-sign', option, '-nodetach', '-outform', 'DER', ...files)
    assert.ok(signed.ok, signed.text)
    assert.deepEqual(readCertificateBag(peer.read('signed')).certificates, [der])
  }
  assert.equal(peer.read('signed')[1], 0x80)
})

test('GnuTLS reads our bag, and we read the one it makes', (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  peer.write('ours.p7b', buildCertificateBag({ certificates: CHAIN, crls: [CRL] }))
  const printed = peer.run('certtool', '--p7-info', '--inder', '--infile', 'ours.p7b')
  assert.ok(printed.ok, printed.text)
  for (const der of CHAIN) assert.ok(printed.text.includes(pemEncode('CERTIFICATE', der)), printed.text)
  peer.write('chain.pem', CHAIN.map((der) => pemEncode('CERTIFICATE', der)).join(''))
  const made = peer.run(
    'certtool',
    '--p7-generate',
    '--load-certificate',
    'chain.pem',
    '--outder',
    '--outfile',
    'theirs.p7b',
  )
  assert.ok(made.ok, made.text)
  const sorted = (ders: readonly Uint8Array[]): string[] => ders.map((der) => Buffer.from(der).toString('hex')).sort()
  assert.deepEqual(sorted(readCertificateBag(peer.read('theirs.p7b')).certificates), sorted(CHAIN))
})

test('NSS reads our bag', (t) => {
  const peer = bench(t, 'certutil')
  if (!peer) return
  peer.write('ours.p7b', buildCertificateBag({ certificates: CHAIN.slice(1) }))
  peer.run('mkdir', 'db')
  peer.run('certutil', '-N', '-d', 'sql:db', '--empty-password')
  const added = peer.run('certutil', '-A', '-d', 'sql:db', '-n', 'bag', '-t', ',,', '-i', 'ours.p7b')
  assert.ok(added.ok, added.text)
  assert.match(peer.run('certutil', '-L', '-d', 'sql:db', '-n', 'bag').text, /CN=Issuing/)
})

test('Java prints our bag', (t) => {
  const peer = java(t)
  if (!peer) return
  peer.write('ours.p7b', buildCertificateBag({ certificates: CHAIN }))
  const printed = peer.run('keytool', '-printcert', '-rfc', '-file', 'ours.p7b')
  assert.ok(printed.ok, printed.text)
  assert.deepEqual(
    pemDecode(printed.text).map(({ der }) => der),
    CHAIN,
  )
})

test('BER around the certificates is read; a certificate in BER is not', () => {
  const certificates = indefinite(0xa0, CHAIN[0]!, CHAIN[1]!)
  const content = indefinite(TAG.sequence, oid('1.2.840.113549.1.7.1'))
  const signedData = indefinite(TAG.sequence, integer(1), indefinite(TAG.set), content, certificates, setOf())
  const bag = indefinite(TAG.sequence, oid('1.2.840.113549.1.7.2'), indefinite(0xa0, signedData))
  assert.deepEqual(readCertificateBag(bag).certificates, CHAIN.slice(0, 2))
  const [first] = CHAIN as [Uint8Array]
  const inBer = concat(Uint8Array.of(0x30, 0x80), first.subarray(4), Uint8Array.of(0, 0))
  refuses(bagOf(implicitConstructed(0, inBer)), 'cms_malformed')
})

test('what is not for certificates is read over: attribute certificates, other revocation information', () => {
  const other = element(0xa1, integer(1))
  const bag = bagOf(implicitConstructed(0, other, CHAIN[0]!, element(0xa2, integer(2))), implicitConstructed(1, other))
  assert.deepEqual(readCertificateBag(bag), { certificates: [CHAIN[0]], crls: [] })
})

test('other content, and content that is not there, is said to be', () => {
  refuses(sequence(oid('1.2.840.113549.1.7.1'), explicit(0, sequence())), 'cms_malformed')
  refuses(sequence(oid('1.2.840.113549.1.7.2')), 'der_malformed')
  refuses(CHAIN[0]!, 'der_malformed')
  refuses(new Uint8Array(0), 'der_malformed')
})

test('a damaged bag never crashes, and gives no certificate that was not in it', () => {
  const bag = buildCertificateBag({ certificates: CHAIN, crls: [CRL] })
  fc.assert(
    fc.property(damaged(bag), ({ bytes, how }) => {
      try {
        const read = readCertificateBag(bytes)
        const text = Buffer.from(bytes).toString('latin1')
        for (const der of [...read.certificates, ...read.crls]) {
          assert.ok(text.includes(Buffer.from(der).toString('latin1')), how)
        }
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 1_000 },
  )
})

const bagOf = (...sets: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(0, sequence(integer(1), setOf(), sequence(oid('1.2.840.113549.1.7.1')), ...sets, setOf())),
  )

function indefinite(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0))
}
