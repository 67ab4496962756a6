import assert from 'node:assert/strict'
import { test } from 'node:test'
import { named } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { signatureByName, signatureRow } from '../algorithms/index.ts'
import { checkDer, element, integer, nullValue, octetString, oid, sequence, setOf, string } from '../asn1/index.ts'
import { equal, pemDecode, pemEncode } from '../bytes/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { CertificateRequest } from './index.ts'
import {
  assembleSigned,
  attributeValue,
  buildName,
  buildRequest,
  challengePassword,
  extension,
  formatName,
  makeExtension,
  parseRequest,
  unstructuredName,
  verifyRequest,
  writeExtensions,
} from './index.ts'

const ATTRIBUTE = '1.3.6.1.4.1.99999.7'

test('a request is read back as it was made, and its key signed it', async () => {
  for (const spec of ['ec-p256', 'ec-p384', 'rsa-2048'] as const) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const request = parseRequest(
      await buildRequest({
        subject: buildName(named('pc-1')),
        key: privateKey,
        extensions: [makeExtension('keyUsage', ['digitalSignature'])],
        attributes: [{ oid: ATTRIBUTE, valueDer: octetString(new Uint8Array(32)) }],
      }),
    )
    assert.equal(await verifyRequest(request), true)
    assert.deepEqual(request.publicKey.spki, publicKey)
    assert.equal(request.publicKey.spec, spec)
    assert.deepEqual(extension(request, 'keyUsage'), ['digitalSignature'])
    assert.deepEqual(attributeValue(request, ATTRIBUTE), octetString(new Uint8Array(32)))
    assert.equal(attributeValue(request, '1.2.3'), undefined)
  }
})

test('the password and the free name are read back as they were given, whatever their characters', async () => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  for (const text of ['printable', 'a@b, é 漢']) {
    const der = await buildRequest({ subject: buildName([]), key, challengePassword: text, unstructuredName: text })
    const request = parseRequest(der)
    assert.deepEqual([challengePassword(request), unstructuredName(request)], [text, text])
  }
  const bare = parseRequest(await buildRequest({ subject: buildName([]), key }))
  assert.deepEqual([challengePassword(bare), unstructuredName(bare)], [undefined, undefined])
  const empty = buildRequest({ subject: buildName([]), key, challengePassword: '' })
  await assert.rejects(empty, (error) => hasCode(error, 'request_malformed'))
  for (const valueDer of [
    nullValue(),
    string('IA5String', 'x'),
    string('NumericString', '1'),
    string('UTF8String', ''),
  ]) {
    const attributes = [{ oid: '1.2.840.113549.1.9.7', valueDer }]
    const wrong = parseRequest(await buildRequest({ subject: buildName([]), key, attributes }))
    assert.throws(() => challengePassword(wrong), isPkiError)
  }
})

test('extensions wished for under the identifier of Windows are read too, and none twice', async () => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const subject = buildName([])
  const usage = [makeExtension('keyUsage', ['digitalSignature'])]
  const attributes = [{ oid: '1.3.6.1.4.1.311.2.1.14', valueDer: writeExtensions(usage) }]
  const windows = parseRequest(await buildRequest({ subject, key, attributes }))
  assert.deepEqual(extension(windows, 'keyUsage'), ['digitalSignature'])
  const other = [makeExtension('extendedKeyUsage', ['clientAuth'])]
  const both = parseRequest(await buildRequest({ subject, key, attributes, extensions: other }))
  assert.equal(both.extensions.length, 2)
  const twice = await buildRequest({ subject, key, attributes, extensions: usage })
  assert.throws(
    () => parseRequest(twice),
    (error) => hasCode(error, 'extension_duplicate'),
  )
})

test('a request is signed with the algorithm asked for, and not with one of another kind', async () => {
  const { privateKey: key } = await generateKeyPair('rsa-2048')
  const subject = buildName(named('pc-1'))
  for (const name of ['RSA with SHA-512', 'RSA-PSS with SHA-256'] as const) {
    const request = parseRequest(await buildRequest({ subject, key, signature: signatureByName(name) }))
    assert.equal(signatureRow(request.signatureAlgorithm).name, name)
    assert.equal(await verifyRequest(request), true)
  }
  const foreign = buildRequest({ subject, key, signature: signatureByName('Ed25519') })
  await assert.rejects(foreign, (error) => hasCode(error, 'key_mismatch'))
})

test('every kind of key that signs proves its possession; a KEM key in a signing place is refused', async () => {
  const subject = buildName(named('pc-1'))
  for (const spec of ['ed25519', 'ed448', 'ml-dsa-44', 'slh-dsa-sha2-128f'] as const) {
    const { privateKey: key } = await generateKeyPair(spec)
    assert.equal(await verifyRequest(parseRequest(await buildRequest({ subject, key }))), true, spec)
  }
  for (const spec of ['ml-kem-768', 'x25519'] as const) {
    const { privateKey: key } = await generateKeyPair(spec)
    await assert.rejects(buildRequest({ subject, key }), (error) => hasCode(error, 'key_mismatch'), spec)
  }
})

test('openssl and GnuTLS read our requests', async (t) => {
  const peer = bench(t, 'openssl', 'certtool')
  if (!peer) return
  const { privateKey } = await generateKeyPair('rsa-2048')
  const names = [{ kind: 'dNSName', value: 'pc-1.example' } as const]
  const extensions = [makeExtension('subjectAltName', names), makeExtension('extendedKeyUsage', ['clientAuth'])]
  const subject = buildName(named('Zoé & fils'))
  peer.write(
    'r.pem',
    pemEncode(
      'CERTIFICATE REQUEST',
      await buildRequest({ subject, key: privateKey, extensions, challengePassword: 'un, deux' }),
    ),
  )
  const openssl = peer.run('openssl', 'req', '-in', 'r.pem', '-noout', '-verify', '-text', '-nameopt', 'utf8')
  assert.ok(
    openssl.ok &&
      openssl.text.includes('Zoé & fils') &&
      openssl.text.includes('DNS:pc-1.example') &&
      /challengePassword *:un, deux/.test(openssl.text),
    openssl.text,
  )
  const gnutls = peer.run('certtool', '--crq-info', '--infile', 'r.pem')
  assert.ok(gnutls.ok && gnutls.text.includes('Self signature: verified'), gnutls.text)
})

test('we read the requests of openssl, with and without attributes', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-keyout', 'k.pem']
  const plain = peer.run('openssl', 'req', '-new', ...key, '-subj', '/C=FR/CN=a', '-out', 'plain.pem')
  assert.ok(plain.ok, plain.text)
  const request = parseRequest(pemDecode(peer.text('plain.pem'))[0]!.der)
  assert.equal(await verifyRequest(request), true)
  assert.deepEqual([request.attributes, request.extensions], [[], []])
  peer.run('openssl', 'req', '-new', ...key, '-subj', '/CN=b', '-addext', 'keyUsage=keyAgreement', '-out', 'ext.pem')
  const wished = parseRequest(pemDecode(peer.text('ext.pem'))[0]!.der)
  assert.deepEqual(extension(wished, 'keyUsage'), ['keyAgreement'])
  assert.equal(formatName(wished.subject, 'rfc4514'), 'CN=b')
})

test('a request signed by another key is not proof of anything', async () => {
  const [mine, yours] = [await generateKeyPair('ec-p256'), await generateKeyPair('ec-p256')]
  const subject = buildName(named('pc-1'))
  const own = parseRequest(await buildRequest({ subject, key: mine.privateKey }))
  const other = parseRequest(await buildRequest({ subject, key: yours.privateKey }))
  assert.equal(await verifyRequest({ ...own, signature: other.signature }), false)
  assert.equal(await verifyRequest({ ...own, publicKey: other.publicKey }), false)
})

test('an attribute nested a thousand deep is refused, as is one given twice', async () => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const subject = buildName(named('pc-1'))
  let valueDer = sequence()
  for (let i = 0; i < 1_000; i++) valueDer = sequence(valueDer)
  assert.throws(
    () => checkDer(valueDer, 'x'),
    (error) => hasCode(error, 'der_too_deep'),
  )
  const request = await buildRequest({ subject, key, attributes: [{ oid: ATTRIBUTE, valueDer }] })
  assert.throws(
    () => parseRequest(request),
    (error) => hasCode(error, 'der_too_deep'),
  )
  const attributes = [1, 2].map(() => ({ oid: ATTRIBUTE, valueDer: sequence() }))
  await assert.rejects(buildRequest({ subject, key, attributes }), (error) => hasCode(error, 'request_malformed'))
})

test('version, attributes given twice or out of the order of sets, and several values are refused', async () => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const password = (...values: string[]): Uint8Array =>
    sequence(oid('1.2.840.113549.1.9.7'), setOf(...values.map((value) => string('UTF8String', value))))
  const read = (version: number, ...attributes: Uint8Array[]): CertificateRequest => {
    const info = sequence(integer(version), buildName([]).der, key.publicKey, element(0xa0, ...attributes))
    return parseRequest(assembleSigned(info, signatureByName('ECDSA with SHA-256'), new Uint8Array(8)))
  }
  const malformed = (run: () => unknown): void => assert.throws(run, (error) => hasCode(error, 'request_malformed'))
  assert.equal(challengePassword(read(0, password('a'))), 'a')
  malformed(() => read(1, password('a')))
  malformed(() => read(0, password('a'), password('b')))
  malformed(() => challengePassword(read(0, password('a', 'b'))))
  assert.throws(() => read(0, sequence(oid('1.2.3'), setOf())), isPkiError)
})

test('a request of more than 64 KiB is refused unread', () => {
  assert.throws(
    () => parseRequest(new Uint8Array(65 * 1024)),
    (error) => hasCode(error, 'input_too_large'),
  )
})

test('a damaged request never verifies with another content, and never crashes', async () => {
  const { privateKey: key } = await generateKeyPair('ec-p256')
  const extensions = [makeExtension('keyUsage', ['digitalSignature'])]
  const der = await buildRequest({ subject: buildName(named('pc-1')), key, extensions })
  await fc.assert(
    fc.asyncProperty(damaged(der), async ({ bytes, how }) => {
      if (equal(bytes, der)) return
      try {
        assert.equal(await verifyRequest(parseRequest(bytes)), false, how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 3_000 },
  )
})
