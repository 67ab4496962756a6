// Time stamps on signatures that others made.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { deposit, signerOf, signingScene, source } from '../../test/signing-scene.ts'
import { utf8 } from '../bytes/index.ts'
import type { SignOptions, VerifiedContent } from '../cms/index.ts'
import { buildCertificateBag, signBytes, signDetached, stampSignatures, verifyContent } from '../cms/index.ts'
import { buildTimeStampToken, stampVerifier } from './index.ts'

const scene = await signingScene()
const ana = await scene.person('Ana')
const tsa = await scene.service()
const person = signerOf(ana)

const stampAt =
  (genTime: Date, asked: Uint8Array[] = []): NonNullable<SignOptions['stamp']> =>
  ({ digest, value }) => {
    asked.push(value)
    const tst = { policy: '1.2.3', imprint: { digest, hash: value }, serial: Uint8Array.of(1), genTime }
    return buildTimeStampToken({ tst, certificate: tsa.certificate, key: tsa.keys.privateKey })
  }

function judged(signed: Uint8Array, content?: Uint8Array): Promise<VerifiedContent> {
  const trust = { anchors: [scene.root.certificate], at: NOW, revocation: 'not-asked' } as const
  const verifyStamp = stampVerifier(trust)
  return verifyContent(source(signed), { ...trust, verifyStamp, ...(content ? { content: source(content) } : {}) })
}

const text = utf8('one hundred')
const [earlier, later] = [new Date(NOW.getTime() - 7_200_000), new Date(NOW.getTime() - 3_600_000)]

test('a stamp is added to each signature, and stamps that were there stay: the earliest counts', async () => {
  const signature = await signDetached(source(text), { signers: [person, person], at: NOW })
  const asked: Uint8Array[] = []
  const once = await stampSignatures(signature, stampAt(earlier, asked))
  assert.equal(asked.length, 2)
  const twice = await stampSignatures(once, stampAt(later))
  assert.ok(twice.length > once.length)
  for (const stamped of [once, twice]) {
    const { valid, signers } = await judged(stamped, text)
    assert.equal(valid, true)
    assert.deepEqual(
      signers.map(({ timeStamp }) => [timeStamp?.verdict, timeStamp?.at]),
      [
        [{ ok: true }, earlier],
        [{ ok: true }, earlier],
      ],
    )
  }
})

test('what openssl signed, in BER with the content inside, is stamped, and openssl still verifies it', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('text', text)
  await deposit(peer, 'root', scene.root)
  await deposit(peer, 'ana', ana)
  const sign = ['cms', '-sign', '-binary', '-in', 'text', '-signer', 'ana.pem', '-inkey', 'ana.key', '-outform', 'DER']
  for (const how of [['-nodetach', '-stream'], ['-nodetach'], ['-nodetach', '-noattr']]) {
    peer.run('openssl', ...sign, ...how, '-out', 'signed')
    const stamped = await stampSignatures(peer.read('signed'), stampAt(earlier))
    const { valid, signers } = await judged(stamped)
    assert.deepEqual([valid, signers[0]!.timeStamp?.verdict], [true, { ok: true }], how.join(' '))
    peer.write('stamped', stamped)
    const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'stamped', '-CAfile', 'root.pem']
    const when = String(NOW.getTime() / 1_000)
    const { ok, text: said } = peer.run('openssl', ...verify, '-attime', when, '-purpose', 'smimesign', '-out', 'got')
    assert.ok(ok, said)
    assert.deepEqual(peer.read('got'), text)
  }
})

test('nothing is stamped where nobody signed, nor what is no signature', async () => {
  const never: SignOptions['stamp'] = () => assert.fail('asked')
  const bag = buildCertificateBag({ certificates: [ana.certificate.der] })
  await assert.rejects(stampSignatures(bag, never), { code: 'signature_missing' })
  await assert.rejects(stampSignatures(utf8('0 text'), never), { code: 'der_malformed' })
  const signature = await signBytes(text, { signers: [person], at: NOW })
  for (let cut = 1; cut < signature.length; cut += 37) {
    await assert.rejects(stampSignatures(signature.subarray(0, cut), never), { code: 'der_malformed' }, String(cut))
  }
  const broken: SignOptions['stamp'] = async () => Uint8Array.of(0x30, 5, 0)
  await assert.rejects(stampSignatures(signature, broken), { code: 'der_malformed' })
})
