import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, leafExtensions, makeChain, named } from '../../test/authority.ts'
import { bench } from '../../test/peer.ts'
import { defaultSignature } from '../algorithms/index.ts'
import { pemEncode } from '../bytes/index.ts'
import { exportPrivateKey, sign } from '../crypto/index.ts'
import { makeExtension } from '../x509/index.ts'
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildTbsOcspResponse,
  makeCertId,
  parseOcspRequest,
  parseOcspResponse,
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
