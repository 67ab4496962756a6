import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import { sample } from '../../test/sample.ts'
import { collect, deposit, signingScene, source } from '../../test/signing-scene.ts'
import { explicit, oid, sequence } from '../asn1/index.ts'
import { utf8 } from '../bytes/index.ts'
import { extension, formatName } from '../x509/index.ts'
import { buildCertificateBag, describeSigned, signBytes, signContent, signDetached } from './index.ts'

const { person, server, issuing, at } = sample
const TEXT = utf8('a text')

test('a signed file says who signed, with what, when, and where its content is, without being judged', async () => {
  const options = { signers: [person, server], at, certificates: [issuing.certificate], stamp: async () => TOKEN }
  const inside = await describeSigned(source(await collect(signContent(source(TEXT), options))))
  assert.deepEqual([inside.contentType, inside.detached, inside.length], ['1.2.840.113549.1.7.1', false, 6])
  assert.deepEqual(inside.certificates.length, 3)
  // In the order of DER, which the signatures decide.
  const [first, second] = [person, server].map(({ certificate: { serialHex } }) =>
    inside.signers.find((one) => one.serialHex === serialHex),
  )
  assert.equal(formatName(first!.issuer!, 'rfc4514'), 'CN=Issuing,O=Scel,C=FR')
  assert.equal(first!.serialHex, person.certificate.serialHex)
  assert.deepEqual(first!.certificate?.der, person.certificate.der)
  assert.deepEqual(second!.certificate?.der, server.certificate.der)
  const { digest, algorithm, signingTime, timeStamps } = first!
  assert.deepEqual([digest, algorithm, signingTime, timeStamps], ['SHA-256', 'ECDSA with SHA-256', at, 1])
})

test('a signature alone is described without its content, and without its certificate', async () => {
  const options = { signers: [person], at, withoutSigners: true } as const
  const { detached, length, certificates, signers } = await describeSigned(
    source(await signDetached(source(TEXT), options)),
  )
  assert.deepEqual([detached, length, certificates.length], [true, 0, 0])
  assert.equal(signers[0]?.certificate, undefined)
  assert.equal(signers[0]?.serialHex, person.certificate.serialHex)
  assert.equal(signers[0]?.timeStamps, 0)
})

test('a signer named by key identifier is found, as openssl writes it; content of any length passes', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const ana = await (await signingScene()).person('Ana')
  await deposit(peer, 'ana', ana)
  peer.write('text', new Uint8Array(700_000))
  const signer = ['-signer', 'ana.pem', '-inkey', 'ana.key', '-keyid', '-md', 'sha512']
  const wish = ['-binary', '-nodetach', '-stream', '-in', 'text', '-outform', 'DER', '-out', 'signed']
  const { ok, text } = peer.run('openssl', 'cms', '-sign', ...signer, ...wish)
  assert.ok(ok, text)
  const { length, signers } = await describeSigned(source(peer.read('signed'), 1_000))
  assert.equal(length, 700_000)
  assert.deepEqual(signers[0]?.keyIdentifier, extension(ana.certificate, 'subjectKeyIdentifier'))
  assert.deepEqual(signers[0]?.certificate?.der, ana.certificate.der)
  assert.deepEqual([signers[0]?.digest, signers[0]?.algorithm], ['SHA-512', 'ECDSA with SHA-512'])
})

test('a bag has no signers, and what is cut or of another kind has its error', async () => {
  const bag = buildCertificateBag({ certificates: [person.certificate.der] })
  const { signers, certificates } = await describeSigned(source(bag))
  assert.deepEqual([signers.length, certificates], [0, [person.certificate.der]])
  const signed = await signBytes(TEXT, { signers: [person], at })
  for (const length of [1, 30, signed.length - 1]) {
    await assert.rejects(describeSigned(source(signed.subarray(0, length))), { code: 'der_malformed' })
  }
  const other = sequence(oid('1.2.840.113549.1.7.3'), explicit(0, sequence()))
  await assert.rejects(describeSigned(source(other)), { code: 'cms_malformed' })
})

const TOKEN = buildCertificateBag({ certificates: [] })
