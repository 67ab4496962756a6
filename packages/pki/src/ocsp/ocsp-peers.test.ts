import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, leafExtensions, makeChain, named } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { defaultSignature } from '../algorithms/index.ts'
import { pemEncode } from '../bytes/index.ts'
import { exportPrivateKey, sign } from '../crypto/index.ts'
import { makeExtension } from '../x509/index.ts'
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildSignedOcspRequest,
  buildTbsOcspResponse,
  makeCertId,
  makeOcspExtension,
  parseOcspRequest,
  parseOcspResponse,
  responderByKey,
  verifyOcspRequest,
  verifyOcspResponse,
} from './index.ts'

test('openssl asks, we answer, openssl believes us', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  // openssl judges at the present moment only.
  const now = new Date(Math.floor(Date.now() / 1_000) * 1_000)
  const { root, issuing, leaf } = await makeChain()
  const extensions = [...leafExtensions('ocspSigning'), makeExtension('ocspNoCheck', true)]
  const responder = await certify({ name: named('OCSP'), issuer: issuing, extensions })
  peer.write('root.pem', pemEncode('CERTIFICATE', root.certificate.der))
  peer.write('issuing.pem', pemEncode('CERTIFICATE', issuing.certificate.der))
  peer.write('leaf.pem', pemEncode('CERTIFICATE', leaf.certificate.der))
  for (const digest of ['-sha1', '-sha256']) {
    const asked = peer.run('openssl', 'ocsp', digest, '-issuer', 'issuing.pem', '-cert', 'leaf.pem', '-reqout', 'q.der')
    assert.ok(asked.ok, asked.text)
    const request = parseOcspRequest(peer.read('q.der'))
    assert.equal(request.certIds[0]?.serialHex, leaf.certificate.serialHex)
    for (const [status, word] of [
      [{ status: 'good' }, 'leaf.pem: good'],
      [{ status: 'revoked', revokedAt: now, reason: 'keyCompromise' }, 'leaf.pem: revoked'],
      [{ status: 'unknown' }, 'leaf.pem: unknown'],
    ] as const) {
      const row = defaultSignature(responder.keys.privateKey.spec)
      const tbs = buildTbsOcspResponse({
        responder: responder.certificate.subject,
        producedAt: now,
        responses: [
          { ...status, certId: request.certIds[0]!, thisUpdate: now, nextUpdate: new Date(now.getTime() + 3_600_000) },
        ],
        ...(request.nonce ? { nonce: request.nonce } : {}),
      })
      const signature = await sign(responder.keys.privateKey, tbs, row)
      peer.write('a.der', assembleOcspResponse({ tbs, row, signature, certificates: [responder.certificate.der] }))
      const trust = ['-CAfile', 'root.pem', '-verify_other', 'issuing.pem', '-respin', 'a.der']
      const judged = peer.run(
        'openssl',
        'ocsp',
        digest,
        '-issuer',
        'issuing.pem',
        '-cert',
        'leaf.pem',
        '-no_nonce',
        ...trust,
      )
      assert.ok(judged.text.includes('Response verify OK') && judged.text.includes(word), judged.text)
      const bound = peer.run('openssl', 'ocsp', '-reqin', 'q.der', ...trust)
      assert.ok(bound.text.includes('Response verify OK') && !/nonce/i.test(bound.text), bound.text)
    }
  }
})

test('we ask, openssl answers, we believe it', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { issuing, leaf } = await makeChain()
  const { serial, serialHex } = leaf.certificate
  const nonce = Uint8Array.of(1, 2, 3, 4)
  peer.write('ca.pem', pemEncode('CERTIFICATE', issuing.certificate.der))
  peer.write('ca.key', pemEncode('PRIVATE KEY', await exportPrivateKey(issuing.keys.privateKey)))
  peer.write('index.txt', `R\t300101000000Z\t260501120000Z,superseded\t${serialHex.toUpperCase()}\tunknown\t/CN=x\n`)
  for (const hash of ['SHA-1', 'SHA-256'] as const) {
    const certId = await makeCertId(issuing.certificate, serial, hash)
    peer.write('q.der', buildOcspRequest({ certIds: [certId], nonce }))
    const signer = ['-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key', '-nmin', '5']
    const made = peer.run('openssl', 'ocsp', ...signer, '-reqin', 'q.der', '-respout', 'a.der')
    assert.ok(made.ok, made.text)
    const response = parseOcspResponse(peer.read('a.der'))
    const verdict = await verifyOcspResponse(response, { issuer: issuing.certificate, serial, at: new Date(), nonce })
    assert.deepEqual(verdict, { status: 'revoked', revokedAt: new Date('2026-05-01T12:00:00Z'), reason: 'superseded' })
  }
})

test('openssl signs its question, we verify it; we sign ours, openssl reads it', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { issuing, leaf } = await makeChain()
  peer.write('issuing.pem', pemEncode('CERTIFICATE', issuing.certificate.der))
  peer.write('leaf.pem', pemEncode('CERTIFICATE', leaf.certificate.der))
  peer.write('leaf.key', pemEncode('PRIVATE KEY', await exportPrivateKey(leaf.keys.privateKey)))
  const about = ['-issuer', 'issuing.pem', '-cert', 'leaf.pem']
  const signer = ['-signer', 'leaf.pem', '-signkey', 'leaf.key']
  const asked = peer.run('openssl', 'ocsp', ...about, ...signer, '-reqout', 'q.der')
  assert.ok(asked.ok, asked.text)
  const request = parseOcspRequest(peer.read('q.der'))
  assert.deepEqual(request.signed?.certificates, [leaf.certificate.der])
  assert.deepEqual(request.requestor, { kind: 'directoryName', name: leaf.certificate.subject })
  assert.equal(await verifyOcspRequest(request, leaf.certificate.publicKey.spki), true)

  const { certIds, requestor } = request
  const locations = [{ method: 'ocsp', location: { kind: 'uri', value: 'http://other.example/' } }] as const
  const locator = makeOcspExtension('serviceLocator', { issuer: issuing.certificate.subject, locations })
  const acceptable = makeOcspExtension('acceptableResponses', ['1.3.6.1.5.5.7.48.1.1'])
  const ours = await buildSignedOcspRequest(
    { certIds, requestor: requestor!, extensions: [acceptable], singleExtensions: [[locator]] },
    { key: leaf.keys.privateKey, certificates: [leaf.certificate.der] },
  )
  peer.write('ours.der', ours)
  const read = peer.run('openssl', 'ocsp', '-reqin', 'ours.der', '-req_text').text.replace(/\s+/g, ' ')
  for (const words of [
    'Requestor Name: DirName:',
    'OCSP Service Locator: Issuer: C = FR, O = Scel Tests, CN = Issuing OCSP - URI:http://other.example/',
    'Acceptable OCSP Responses: Basic OCSP Response',
    'Signature Algorithm: ecdsa-with-SHA256',
  ]) {
    assert.ok(read.includes(words), `${words}\n${read}`)
  }
})

test('openssl answers by its key, and reads the extensions and the key of our answer', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { root, issuing, leaf } = await makeChain()
  const { serial, serialHex } = leaf.certificate
  peer.write('root.pem', pemEncode('CERTIFICATE', root.certificate.der))
  peer.write('ca.pem', pemEncode('CERTIFICATE', issuing.certificate.der))
  peer.write('ca.key', pemEncode('PRIVATE KEY', await exportPrivateKey(issuing.keys.privateKey)))
  peer.write('leaf.pem', pemEncode('CERTIFICATE', leaf.certificate.der))
  peer.write('index.txt', `V\t300101000000Z\t\t${serialHex.toUpperCase()}\tunknown\t/CN=x\n`)
  const certId = await makeCertId(issuing.certificate, serial)
  peer.write('q.der', buildOcspRequest({ certIds: [certId] }))
  const signer = ['-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key', '-resp_key_id']
  const made = peer.run('openssl', 'ocsp', ...signer, '-reqin', 'q.der', '-respout', 'a.der')
  assert.ok(made.ok, made.text)
  const response = parseOcspResponse(peer.read('a.der'))
  assert.deepEqual(response.basic?.responderId, await responderByKey(issuing.keys.publicKey))
  const verdict = await verifyOcspResponse(response, { issuer: issuing.certificate, serial, at: new Date() })
  assert.deepEqual(verdict, { status: 'good' })

  const now = new Date(Math.floor(Date.now() / 1_000) * 1_000)
  const extensions = [
    makeOcspExtension('archiveCutoff', new Date('2020-01-02T03:04:05Z')),
    makeOcspExtension('crlReference', {
      url: 'http://crl.example/',
      number: 255n,
      time: new Date('2026-01-02T03:04:05Z'),
    }),
  ]
  const row = defaultSignature(issuing.keys.privateKey.spec)
  const tbs = buildTbsOcspResponse({
    responder: await responderByKey(issuing.keys.publicKey),
    producedAt: now,
    responses: [{ status: 'good', certId, thisUpdate: now, extensions }],
    extensions: [makeOcspExtension('extendedRevoke', true)],
  })
  const signature = await sign(issuing.keys.privateKey, tbs, row)
  peer.write('ours.der', assembleOcspResponse({ tbs, row, signature, certificates: [] }))
  const about = ['-issuer', 'ca.pem', '-cert', 'leaf.pem', '-no_nonce']
  const trust = ['-CAfile', 'root.pem', '-verify_other', 'ca.pem', '-respin', 'ours.der', '-resp_text']
  const read = peer.run('openssl', 'ocsp', ...about, ...trust).text.replace(/\s+/g, ' ')
  for (const words of [
    'Response verify OK',
    'leaf.pem: good',
    'OCSP Archive Cutoff: Jan 2 03:04:05 2020 GMT',
    'OCSP CRL ID: crlUrl: http://crl.example/ crlNum: FF crlTime: Jan 2 03:04:05 2026 GMT',
    'Response Extensions: valid: ..', // OpenSSL's older word for the identifier of extendedRevoke
  ]) {
    assert.ok(read.includes(words), `${words}\n${read}`)
  }
})
