import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, bench } from '@scel/testkit/peers'
import { deposit, signingScene } from '../../test/signing-scene.ts'
import { utf8 } from '../bytes/index.ts'
import {
  buildTimeStampRequest,
  buildTimeStampResponse,
  checkTimeStamp,
  imprintOf,
  parseTimeStampRequest,
  parseTimeStampResponse,
  parseTstInfo,
  timeStampToken,
} from './index.ts'

const CONFIGURATION = `
[tsa]
default_tsa=service
[service]
serial=serial
default_policy=1.2.3.4
other_policies=1.2.3.5
digests=sha256,sha512
accuracy=secs:1,millisecs:500,microsecs:100
clock_precision_digits=3
ordering=yes
tsa_name=yes
ess_cert_id_alg=sha256
signer_digest=sha256
`

/** A time-stamp service run by openssl. */
async function service(peer: Bench): Promise<void> {
  const scene = await signingScene()
  await deposit(peer, 'root', scene.root)
  await deposit(peer, 'tsa', await scene.service())
  peer.write('serial', '0A')
  peer.write('ts.cnf', CONFIGURATION)
  peer.write('document', 'contract')
}

const reply = ['ts', '-reply', '-config', 'ts.cnf', '-signer', 'tsa.pem', '-inkey', 'tsa.key']

test('openssl stamps what we ask for, we read the stamp, and openssl believes it', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await service(peer)
  for (const digest of ['SHA-256', 'SHA-512'] as const) {
    const imprint = await imprintOf(utf8('contract'), digest)
    const request = { imprint, nonce: (1n << 63n) + 5n, wantsCertificate: true, policy: '1.2.3.5' }
    peer.write('q.tsq', buildTimeStampRequest(request))
    const answered = peer.run('openssl', ...reply, '-queryfile', 'q.tsq', '-out', 'r.tsr')
    assert.ok(answered.ok, answered.text)
    const verified = peer.run('openssl', 'ts', '-verify', '-data', 'document', '-in', 'r.tsr', '-CAfile', 'root.pem')
    assert.ok(verified.text.includes('Verification: OK'), verified.text)
    const response = parseTimeStampResponse(peer.read('r.tsr'))
    assert.equal(response.status, 'granted')
    const bare = peer.run('openssl', 'ts', '-reply', '-in', 'r.tsr', '-token_out', '-out', 'token.der')
    assert.ok(bare.ok, bare.text)
    assert.deepEqual(timeStampToken(response), peer.read('token.der'))
    const token = ['-noverify', '-inform', 'DER', '-in', 'token.der']
    const opened = peer.run('openssl', 'cms', '-verify', ...token, '-out', 'info.der')
    assert.ok(opened.ok, opened.text)
    const info = parseTstInfo(peer.read('info.der'))
    checkTimeStamp(info, request)
    assert.deepEqual(info.accuracy, { seconds: 1, millis: 500, micros: 100 })
    assert.equal(info.ordering, true)
    assert.equal(info.tsa?.kind, 'directoryName')
    const printed: string = peer.run('openssl', 'ts', '-reply', '-in', 'r.tsr', '-text').text
    assert.ok(printed.includes(`0x${info.serialHex.toUpperCase()}`), printed)
  }
})

test('openssl answers its own question: we read both', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await service(peer)
  peer.run('openssl', 'ts', '-query', '-data', 'document', '-sha256', '-cert', '-tspolicy', '1.2.3.4', '-out', 'q.tsq')
  const request = parseTimeStampRequest(peer.read('q.tsq'))
  assert.deepEqual([request.policy, request.wantsCertificate], ['1.2.3.4', true])
  assert.deepEqual(request.imprint, await imprintOf(utf8('contract')))
  assert.deepEqual(buildTimeStampRequest(request), peer.read('q.tsq'))
  peer.run('openssl', 'ts', '-query', '-data', 'document', '-sha256', '-tspolicy', '1.2.3.9', '-out', 'bad.tsq')
  peer.run('openssl', ...reply, '-queryfile', 'bad.tsq', '-out', 'bad.tsr')
  const refused = parseTimeStampResponse(peer.read('bad.tsr'))
  assert.equal(refused.status, 'rejection')
  assert.deepEqual(refused.failures, ['unacceptedPolicy'])
  assert.deepEqual(buildTimeStampResponse(refused), peer.read('bad.tsr'))
})

test('openssl reads what we refuse with', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write(
    'r.tsr',
    buildTimeStampResponse({ status: 'rejection', texts: ['Désolé'], failures: ['badAlg', 'systemFailure'] }),
  )
  const { text } = peer.run('openssl', 'ts', '-reply', '-in', 'r.tsr', '-text')
  for (const words of ['Status: Rejected.', 'unrecognized or unsupported algorithm identifier', 'system failure']) {
    assert.ok(text.includes(words), text)
  }
})
