import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, bench } from '@scel/testkit/peers'
import type { SigningScene } from '../../../test/signing-scene.ts'
import { collect, deposit, printedCms, signerOf, signingScene, source, verified } from '../../../test/signing-scene.ts'
import type { KeySpec } from '../../algorithms/index.ts'
import { pssSignature } from '../../algorithms/index.ts'
import { utf8 } from '../../bytes/index.ts'
import type { Signer, VerifyOptions } from '../index.ts'
import { signBytes, signContent, signDetached } from '../index.ts'

const TEXT = utf8('It is hereby agreed.\r\nSigned below.\r\n')
const LARGE = new Uint8Array(700_000).map((_, i) => i * 7)
const NOW = new Date('2026-06-01T12:00:00Z')
const scene = await signingScene()
const SPECS: readonly KeySpec[] = ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521']

const trust = ({ root }: SigningScene): VerifyOptions => ({
  ...{ anchors: [root.certificate], at: NOW, revocation: 'not-asked' },
})

async function setUp(peer: Bench): Promise<void> {
  await deposit(peer, 'root', scene.root)
  peer.write('text', TEXT)
  peer.write('large', LARGE)
}

function opensslTakes(peer: Bench, name: string, ...more: readonly string[]): void {
  const wish = ['-inform', 'DER', '-in', name, '-CAfile', 'root.pem', '-attime', String(NOW.getTime() / 1_000)]
  const { ok, text } = peer.run('openssl', 'cms', '-verify', '-binary', ...wish, '-out', 'out', ...more)
  assert.ok(ok, `${name}: ${text}`)
}

test('openssl verifies what we sign: detached, enclosed and streamed, with every kind of key that it knows', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  for (const spec of SPECS) {
    const signer = signerOf(await scene.person('Ana', spec))
    const options = { signers: [signer], at: NOW, certificates: [scene.root.certificate] }
    peer.write('detached', await signDetached(source(TEXT), options))
    opensslTakes(peer, 'detached', '-content', 'text')
    peer.write('enclosed', await signBytes(TEXT, options))
    opensslTakes(peer, 'enclosed')
    assert.deepEqual(peer.read('out'), TEXT)
    peer.write('streamed', await collect(signContent(source(LARGE, 10_000), options)))
    assert.equal(peer.read('streamed')[1], 0x80)
    opensslTakes(peer, 'streamed')
    assert.deepEqual(peer.read('out'), LARGE)
  }
})

test('openssl verifies RSA-PSS, several signers, and a content of another type', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  const rsa = signerOf(await scene.person('Ana', 'rsa-2048'))
  const pss = (saltLength: number): Signer => ({
    ...rsa,
    algorithm: pssSignature({ digest: 'SHA-384', mgfDigest: 'SHA-384', saltLength }),
  })
  const other = signerOf(await scene.person('Bob'))
  for (const signers of [[pss(48)], [pss(20)], [rsa, other], [other, pss(32), rsa]]) {
    peer.write('signed', await collect(signContent(source(TEXT), { signers, at: NOW })))
    opensslTakes(peer, 'signed')
    assert.equal(printedCms(peer, 'signed').match(/object: signingTime/g)?.length, signers.length)
  }
  peer.write('typed', await signBytes(TEXT, { signers: [rsa], at: NOW, contentType: '1.2.3.4' }))
  opensslTakes(peer, 'typed')
})

test('openssl smime verifies what we sign, too', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  peer.write('signed', await signDetached(source(TEXT), { signers: [signerOf(await scene.person('Ana'))], at: NOW }))
  const wish = ['-inform', 'DER', '-in', 'signed', '-content', 'text', '-CAfile', 'root.pem', '-out', 'out']
  const { ok, text } = peer.run('openssl', 'smime', '-verify', '-binary', ...wish)
  assert.ok(ok, text)
})

test('we verify what openssl signs: streamed, by key identifier, PSS, without attributes, CAdES, several signers', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  for (const [name, spec] of [
    ['ana', 'rsa-2048'],
    ['bob', 'ec-p256'],
    ['eve', 'ec-p384'],
  ] as const) {
    await deposit(peer, name, await scene.person(name, spec))
  }
  const by = (...names: readonly string[]): string[] =>
    names.flatMap((name) => ['-signer', `${name}.pem`, '-inkey', `${name}.key`])
  const wishes: readonly (readonly string[])[] = [
    by('ana'),
    ['-stream', ...by('ana')],
    ['-keyid', ...by('bob')],
    ['-cades', ...by('bob')],
    ['-noattr', ...by('ana')],
    ['-noattr', ...by('bob')],
    ['-nosmimecap', '-md', 'sha512', ...by('eve')],
    [...by('ana'), '-keyopt', 'rsa_padding_mode:pss'],
    [...by('ana'), '-md', 'sha384', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:11'],
    ['-stream', ...by('ana', 'bob', 'eve')],
    ['-econtent_type', '1.2.3.4', ...by('ana')],
  ]
  for (const wish of wishes) {
    for (const content of ['text', 'large']) {
      for (const form of [['-nodetach'], []]) {
        // With both, openssl encloses the content after all.
        if (form.length === 0 && wish.includes('-stream')) continue
        const made = ['-sign', '-binary', '-in', content, '-outform', 'DER', '-out', 'signed', ...form, ...wish]
        const { ok, text } = peer.run('openssl', 'cms', ...made)
        assert.ok(ok, text)
        const original = peer.read(content)
        const apart = form.length === 0 ? { content: source(original, 999) } : {}
        const found = await verified(peer.read('signed'), { ...trust(scene), ...apart }, 1_000)
        const what = `${wish.join(' ')} ${form.join(' ')} ${content}: ${JSON.stringify(found.signers, undefined, 1).slice(0, 300)}`
        assert.ok(found.valid, what)
        assert.deepEqual(found.written, form.length === 0 ? new Uint8Array(0) : original, what)
        assert.equal(found.signers.length, wish.filter((one) => one === '-signer').length)
        assert.equal(found.signers[0]!.signingTime !== undefined, !wish.includes('-noattr'))
      }
    }
  }
})

test('openssl adds a signer to what we signed, and we verify both', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  await deposit(peer, 'bob', await scene.person('Bob', 'rsa-2048'))
  peer.write('one', await signBytes(TEXT, { signers: [signerOf(await scene.person('Ana'))], at: NOW }))
  const wish = [
    '-inform',
    'DER',
    '-in',
    'one',
    '-outform',
    'DER',
    '-out',
    'two',
    '-signer',
    'bob.pem',
    '-inkey',
    'bob.key',
  ]
  const { ok, text } = peer.run('openssl', 'cms', '-resign', '-binary', ...wish)
  assert.ok(ok, text)
  const { valid, signers } = await verified(peer.read('two'), trust(scene))
  assert.deepEqual([valid, signers.length], [true, 2])
})
