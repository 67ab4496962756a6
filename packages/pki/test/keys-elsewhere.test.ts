// Every taker of a key with one whose private half is in another thread (keeper.ts): what signs, opens or proves may not
// notice the difference, and nobody who sends something may make it show.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Holder, NOW, named } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { inParts } from '@scel/testkit/scenes'
import fc from 'fast-check'
import type { KeySpec } from '../src/algorithms/index.ts'
import { pemEncode, utf8 } from '../src/bytes/index.ts'
import type { SealCipher } from '../src/cms/index.ts'
import { openContent, signContent, signDetached } from '../src/cms/index.ts'
import type { Key } from '../src/crypto/index.ts'
import { generateKeyPair, keyElsewhere, sign, usualSignature } from '../src/crypto/index.ts'
import { fail, isPkiError } from '../src/errors/index.ts'
import {
  assembleOcspResponse,
  buildSignedOcspRequest,
  buildTbsOcspResponse,
  makeCertId,
  parseOcspRequest,
  parseOcspResponse,
  verifyOcspRequest,
  verifyOcspResponse,
} from '../src/ocsp/index.ts'
import { buildMail, readMail, sealMail, signMail } from '../src/smime/index.ts'
import { buildTimeStampToken, imprintOf, verifyTimeStampToken } from '../src/tsp/index.ts'
import {
  assembleSigned,
  buildName,
  buildRequest,
  buildTbsCertificate,
  buildTbsCrl,
  makeExtension,
  parseCertificate,
  parseCrl,
  parseRequest,
  verifyIssuedBy,
  verifyRequest,
  verifySigned,
} from '../src/x509/index.ts'
import { keptApart } from './kept-apart.ts'
import { ana, bob, draft, reading, sealedFor } from './mail-scene.ts'
import { refuses } from './refuses.ts'
import { sample } from './sample.ts'
import { open, receiver, seal, to } from './sealing.ts'
import { collect, signerOf, signingScene, verified } from './signing-scene.ts'

const apart = async ({ certificate, keys }: Holder) => ({ certificate, ...(await keptApart(keys.privateKey)) })
const SIGNING = ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'ml-dsa-65'] as const
const CONTENT = utf8('what is sealed '.repeat(200))

test('a request for a certificate proves a key that stays elsewhere, and openssl believes it', async (t) => {
  const peer = bench(t, 'openssl')
  for (const spec of SIGNING) {
    const { key, asked } = await keptApart((await generateKeyPair(spec)).privateKey)
    const der = await buildRequest({ subject: buildName(named('pc-1')), key })
    assert.ok(await verifyRequest(parseRequest(der)), spec)
    assert.deepEqual(asked, [`sign ${usualSignature(key).name}`])
    if (!peer || spec === 'ml-dsa-65') continue
    peer.write('csr.pem', pemEncode('CERTIFICATE REQUEST', der))
    assert.ok(peer.run('openssl', 'req', '-in', 'csr.pem', '-verify', '-noout').ok, spec)
  }
})

test('certificates, revocation lists and OCSP answers are signed by an authority’s key elsewhere', async () => {
  const { certificate, key: here } = sample.issuing
  const { key } = await keptApart(here)
  const row = usualSignature(key)
  const person = sample.person.certificate
  const tbs = buildTbsCertificate({ ...person, signature: row, publicKey: person.publicKey.spki })
  const issued = parseCertificate(assembleSigned(tbs, row, await sign(key, tbs)))
  assert.ok(await verifyIssuedBy(issued, certificate))
  const list = buildTbsCrl({
    ...{
      signature: row,
      issuer: certificate.subject,
      thisUpdate: NOW,
      nextUpdate: new Date(NOW.getTime() + 86_400_000),
    },
    ...{ entries: [], extensions: [makeExtension('cRLNumber', 8n)] },
  })
  const crl = parseCrl(assembleSigned(list, row, await sign(key, list)))
  assert.ok(await verifySigned(crl, certificate.publicKey.spki))
  const certId = await makeCertId(certificate, person.serial)
  const responses = [{ status: 'good', certId, thisUpdate: NOW }] as const
  const answer = buildTbsOcspResponse({ responder: certificate.subject, producedAt: NOW, responses })
  const der = assembleOcspResponse({ tbs: answer, row, signature: await sign(key, answer), certificates: [] })
  const verdict = await verifyOcspResponse(parseOcspResponse(der), {
    issuer: certificate,
    serial: person.serial,
    at: NOW,
  })
  assert.equal(verdict.status, 'good')
})

test('an OCSP request says who asks, by a key elsewhere', async () => {
  const { certificate } = sample.person
  const { key } = await keptApart(sample.person.key)
  const certIds = [await makeCertId(sample.issuing.certificate, certificate.serial)]
  const requestor = { kind: 'directoryName', name: certificate.subject } as const
  const request = parseOcspRequest(await buildSignedOcspRequest({ certIds, requestor }, { key }))
  assert.ok(await verifyOcspRequest(request, certificate.publicKey.spki))
})

test('content is signed by a key elsewhere, whole, apart and in a stream', async () => {
  const { root, person } = await signingScene()
  for (const spec of SIGNING) {
    const signer = await apart(await person('Ana', spec))
    const options = { signers: [signer], at: NOW }
    const given = { anchors: [root.certificate], at: NOW, revocation: 'not-asked' } as const
    const held = await verified(await collect(signContent(inParts(CONTENT, 100), options)), given)
    const beside = await signDetached(inParts(CONTENT, 100), options)
    const detached = await verified(beside, { ...given, content: inParts(CONTENT) })
    for (const { signers } of [held, detached]) assert.ok(signers[0]?.integrity.ok && signers[0].chain.ok, spec)
    assert.equal(signer.asked.length, 2)
  }
})

test('a time-stamp service keeps its key elsewhere', async () => {
  const { root, service } = await signingScene()
  const { certificate, key } = await apart(await service())
  const imprint = await imprintOf(CONTENT)
  const tst = { policy: '1.2.3', imprint, serial: Uint8Array.of(7), genTime: NOW }
  const token = await buildTimeStampToken({ tst, certificate, key })
  const verdict = await verifyTimeStampToken(token, {
    ...{ imprint, anchors: [root.certificate], at: NOW, revocation: 'not-asked' },
  })
  assert.deepEqual(verdict.at, NOW)
})

test('a mail is signed by one key elsewhere and opened by another', async () => {
  const [from, reader] = [await apart(ana), await apart(bob)]
  const mail = await signMail(buildMail(draft), { signers: [from], at: NOW })
  const sealed = await sealMail(mail, sealedFor(ana, bob))
  for (const key of [reader, from]) {
    const read = await readMail(sealed, { ...reading, keys: [key] })
    assert.deepEqual([read.signature, read.from?.address], ['valid', 'ana@example.org'])
  }
  assert.deepEqual([reader.asked, from.asked.at(-1)], [['decrypt OAEP'], 'agree'])
})

const RECEIVING: readonly (readonly [KeySpec, ('OAEP' | 'PKCS1-v1.5')?])[] = [
  ['rsa-2048', 'OAEP'],
  ['rsa-2048', 'PKCS1-v1.5'],
  ...(['ec-p256', 'ec-p384', 'ec-p521', 'x25519', 'x448', 'ml-kem-512', 'ml-kem-768', 'ml-kem-1024'] as const).map(
    (spec) => [spec] as const,
  ),
]
const receivers = await Promise.all(
  RECEIVING.map(async ([spec, transport]) => ({ spec, transport, holder: await receiver(spec) })),
)

test('content is opened by a key elsewhere of every kind, with one question', async () => {
  for (const cipher of ['AES-256-GCM', 'AES-128-CBC'] as const satisfies readonly SealCipher[]) {
    for (const { spec, transport, holder } of receivers) {
      const sealed = await seal(CONTENT, { recipients: [to(holder, transport)], cipher })
      const own = await apart(holder)
      assert.deepEqual((await open(sealed, { keys: [own] }, 500)).content, CONTENT, spec)
      assert.equal(own.asked.length, 1)
    }
  }
})

test('what is opened by a key elsewhere streams: the first octets are there before the last were read', async () => {
  const { holder } = receivers[0]!
  const sealed = await seal(new Uint8Array(400_000), { recipients: [to(holder)] })
  let [read, readAtFirst] = [0, 0]
  const source = async function* () {
    for await (const part of inParts(sealed, 10_000)) {
      read += part.length
      yield part
    }
  }
  const write = async (): Promise<void> => {
    readAtFirst ||= read
  }
  await openContent(source(), { keys: [await apart(holder)] }, { write })
  assert.ok(readAtFirst > 0 && readAtFirst < 100_000, `${readAtFirst}`)
})

const outcome = (work: Promise<{ content: Uint8Array }>): Promise<string> =>
  work.then(
    ({ content }) => `opened ${content.length}`,
    (error: unknown) => (isPkiError(error) ? `${error.code} ${JSON.stringify(error.facts)}` : String(error)),
  )

/** NULL, then an octet string of 256 octets. */
const WRAPPED = [0x05, 0x00, 0x04, 0x82, 0x01, 0x00]

test('a message that was altered anywhere is answered alike, wherever the key is', async () => {
  for (const { spec, transport, holder } of receivers) {
    const sealed = await seal(utf8('short'), { recipients: [to(holder, transport)] })
    const [here, elsewhere] = [signerOf(holder), await apart(holder)]
    const bit = fc.integer({ min: 0, max: sealed.length * 8 - 1 })
    const property = fc.asyncProperty(bit, async (at) => {
      const altered = sealed.slice()
      altered[at >> 3]! ^= 1 << (at & 7)
      const told = await outcome(open(altered, { keys: [elsewhere] }))
      assert.equal(told, await outcome(open(altered, { keys: [here] })))
    })
    // Of MGF1's digest, too, which stands before the wrapped key: SHA-512 where it was SHA-256.
    const before = sealed.findIndex((_, at) => WRAPPED.every((octet, more) => sealed[at + more] === octet))
    const examples: [number][] = before < 0 ? [] : [[(before - 1) * 8 + 1]]
    await fc.assert(property, { numRuns: spec.startsWith('rsa') ? 80 : 40, examples })
  }
})

test('a key that does not open where it is, or is not there, says so, and nothing is written', async () => {
  const write = async (): Promise<void> => assert.fail('written')
  for (const { transport, holder } of receivers) {
    const sealed = await seal(CONTENT, { recipients: [to(holder, transport)] })
    const { certificate } = holder
    const opening = (key: Key) => openContent(inParts(sealed), { keys: [{ certificate, key }] }, { write })
    await refuses(opening(keyElsewhere(holder.keys.publicKey, {})), 'key_incapable')
    const away = async (): Promise<never> => fail('key_unavailable', { where: 'token', why: 'absent' })
    const key = keyElsewhere(holder.keys.publicKey, { decrypt: away, agree: away, decapsulate: away })
    await refuses(opening(key), 'key_unavailable')
  }
})

test('a key that does not sign where it is proves nothing, stamps nothing, asks nothing', async () => {
  const { certificate } = sample.person
  const key = keyElsewhere(sample.person.key.publicKey, {})
  await refuses(buildRequest({ subject: certificate.subject, key }), 'key_incapable')
  await refuses(signDetached(inParts(CONTENT), { signers: [{ certificate, key }], at: NOW }), 'key_incapable')
  const certIds = [await makeCertId(sample.issuing.certificate, certificate.serial)]
  const requestor = { kind: 'directoryName', name: certificate.subject } as const
  await refuses(buildSignedOcspRequest({ certIds, requestor }, { key }), 'key_incapable')
  const service = await (await signingScene()).service()
  const tst = { policy: '1.2.3', imprint: await imprintOf(CONTENT), serial: Uint8Array.of(7), genTime: NOW }
  const stamping = { tst, certificate: service.certificate, key: keyElsewhere(service.keys.publicKey, {}) }
  await refuses(buildTimeStampToken(stamping), 'key_incapable')
})

test('a key of another kind than Scel makes signs with what it is told, and with nothing by itself', async () => {
  const { key } = await keptApart((await generateKeyPair('ec-p256')).privateKey)
  const subject = buildName(named('pc-1'))
  const unusual: Key = { ...key, spec: undefined }
  await refuses(buildRequest({ subject, key: unusual }), 'key_mismatch')
  const request = parseRequest(await buildRequest({ subject, key: unusual, signature: usualSignature(key) }))
  assert.ok(await verifyRequest(request))
})
