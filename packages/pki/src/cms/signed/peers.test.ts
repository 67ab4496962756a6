// NSS (cmsutil), GnuTLS (certtool) and GnuPG (gpgsm) verify what we sign, and we verify what they sign.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, type Bench, bench } from '@scel/testkit/peers'
import { collect, deposit, signerOf, signingScene, source, verified } from '../../../test/signing-scene.ts'
import type { KeySpec } from '../../algorithms/index.ts'
import { utf8 } from '../../bytes/index.ts'
import { signBytes, signContent, signDetached } from '../index.ts'

const TEXT = utf8('It is hereby agreed.\r\nSigned below.\r\n')
const NOW = new Date('2026-06-01T12:00:00Z')
const FORMS = ['enclosed', 'detached', 'streamed'] as const
const scene = await signingScene()
const trust = { anchors: [scene.root.certificate], at: NOW, revocation: 'not-asked' } as const

/** Deposits a person, the authority, the text, and the text signed in three ways. */
async function setUp(peer: Bench, spec: KeySpec): Promise<void> {
  const person = await scene.person('Ana', spec)
  await deposit(peer, 'root', scene.root)
  await deposit(peer, 'ana', person)
  const options = { signers: [signerOf(person)], at: NOW, certificates: [scene.root.certificate] }
  peer.write('text', TEXT)
  peer.write('other', 'It is hereby agreed?\r\n')
  peer.write('enclosed', await signBytes(TEXT, options))
  peer.write('detached', await signDetached(source(TEXT), options))
  peer.write('streamed', await collect(signContent(source(TEXT), options)))
}

async function weVerify(signed: Uint8Array, detached: boolean): Promise<void> {
  const found = await verified(signed, { ...trust, ...(detached ? { content: source(TEXT, 7) } : {}) })
  assert.ok(found.valid, JSON.stringify(found.signers[0]?.integrity))
  assert.equal(found.detached, detached)
  if (!detached) assert.deepEqual(found.written, TEXT)
}

test('NSS verifies what we sign, and we verify what it signs', async (t) => {
  for (const spec of ['rsa-2048', 'ec-p256'] as const) {
    const peer = bench(t, 'cmsutil', 'certutil', 'pk12util', 'openssl')
    if (!peer) return
    await setUp(peer, spec)
    peer.run('mkdir', 'db')
    const files = ['-inkey', 'ana.key', '-in', 'ana.pem', '-name', 'ana', '-passout', 'pass:x', '-out', 'ana.p12']
    for (const [program, ...args] of [
      ['certutil', '-N', '-d', 'sql:db', '--empty-password'],
      ['certutil', '-A', '-d', 'sql:db', '-n', 'root', '-t', 'CT,CT,CT', '-i', 'root.pem'],
      ['openssl', 'pkcs12', '-export', ...files],
      ['pk12util', '-i', 'ana.p12', '-d', 'sql:db', '-W', 'x', '-K', ''],
    ] as const) {
      const { ok, text } = peer.run(program, ...args)
      assert.ok(ok, `${program}: ${text}`)
    }
    const decode = (name: string, ...content: readonly string[]): Answer =>
      peer.run('cmsutil', '-D', '-d', 'sql:db', '-u', '4', '-h', '0', '-i', name, ...content)
    for (const form of FORMS) {
      const { ok, text } = decode(form, ...(form === 'detached' ? ['-c', 'text'] : []))
      assert.ok(ok && text.includes('signer0.status=GoodSignature'), `${spec} ${form}: ${text}`)
    }
    assert.ok(!decode('detached', '-c', 'other').text.includes('GoodSignature'))
    for (const detached of [false, true]) {
      const wish = ['-N', 'ana', '-H', 'SHA256', '-G', '-Y', 'NONE', '-i', 'text', ...(detached ? ['-T'] : [])]
      const { ok, text, out } = peer.run('cmsutil', '-S', '-d', 'sql:db', ...wish)
      assert.ok(ok, text)
      await weVerify(out, detached)
    }
  }
})

test('GnuTLS verifies what we sign, Ed25519 too, and we verify what it signs', async (t) => {
  for (const spec of ['rsa-2048', 'ec-p384', 'ed25519'] as const) {
    const peer = bench(t, 'certtool')
    if (!peer) return
    await setUp(peer, spec)
    const verify = (name: string, ...content: readonly string[]): Answer =>
      peer.run('certtool', '--p7-verify', '--inder', '--load-ca-certificate', 'root.pem', '--infile', name, ...content)
    for (const form of FORMS) {
      const { ok, text } = verify(form, ...(form === 'detached' ? ['--load-data', 'text'] : []))
      assert.ok(ok && text.includes('Signature status: ok'), `${spec} ${form}: ${text}`)
    }
    assert.ok(!verify('detached', '--load-data', 'other').ok)
    for (const [how, detached] of [
      ['--p7-sign', false],
      ['--p7-detached-sign', true],
    ] as const) {
      const wish = ['--load-privkey', 'ana.key', '--load-certificate', 'ana.pem', '--infile', 'text']
      const { ok, text } = peer.run('certtool', how, ...wish, '--outder', '--outfile', 'theirs')
      assert.ok(ok, text)
      await weVerify(peer.read('theirs'), detached)
    }
  }
})

test('GnuPG verifies what we sign, and we verify what it signs', async (t) => {
  const peer = bench(t, 'gpgsm', 'gpgconf', 'openssl')
  if (!peer) return
  const home = `GNUPGHOME=${peer.folder}/gnupg`
  t.after(() => peer.run('env', home, 'gpgconf', '--kill', 'all'))
  const options = ['--batch', '--disable-dirmngr', '--disable-crl-checks', '--pinentry-mode', 'loopback']
  // The passphrase comes by standard input.
  const script = `${home} exec gpgsm "$@" < passphrase`
  const gpgsm = (...args: readonly string[]): Answer =>
    peer.run('sh', '-c', script, 'gpgsm', ...options, '--passphrase-fd', '0', '--status-fd', '1', ...args)
  const print = (name: string): string =>
    peer.run('openssl', 'x509', '-in', name, '-noout', '-fingerprint', '-sha1').text.replace(/^.*=/, '').trim()
  for (const spec of ['rsa-2048', 'ec-p256'] as const) {
    peer.run('env', home, 'gpgconf', '--kill', 'all')
    peer.run('rm', '-rf', 'gnupg')
    peer.run('mkdir', '-m', '700', 'gnupg')
    // On a busy machine gpgsm would not wait long enough for an agent that it starts itself.
    peer.run('env', home, 'gpgconf', '--launch', 'gpg-agent')
    await setUp(peer, spec)
    peer.write('passphrase', 'x')
    peer.write('gnupg/trustlist.txt', `${print('root.pem')} S relax\n`)
    assert.match(gpgsm('--import', 'root.pem').text, /IMPORT_OK/)
    for (const form of FORMS) {
      const { ok, text } = gpgsm('--verify', form, ...(form === 'detached' ? ['text'] : []))
      assert.ok(ok && text.includes('TRUST_FULLY') && text.includes('GOODSIG'), `${spec} ${form}: ${text}`)
    }
    assert.match(gpgsm('--verify', 'detached', 'other').text, /BADSIG/)
    // It reads no newer encryption of keys, and of elliptic curves none.
    if (spec !== 'rsa-2048') continue
    const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-passout', 'pass:x']
    // One in some hundreds that openssl makes gpgsm takes for one under another passphrase: neither is ours.
    let imported = ''
    for (let made = 0; made < 3 && !/IMPORT_RES(?: \d+){9} 1 1 /.test(imported); made++) {
      peer.run('openssl', 'pkcs12', '-export', '-inkey', 'ana.key', '-in', 'ana.pem', ...old, '-out', 'ana.p12')
      imported = gpgsm('--import', 'ana.p12').text
    }
    assert.match(imported, /IMPORT_RES(?: \d+){9} 1 1 /, imported) // one secret key read, one taken
    const user = `0x${print('ana.pem').replaceAll(':', '')}`
    for (const [how, detached] of [
      ['--sign', false],
      ['--detach-sign', true],
    ] as const) {
      const { ok, text } = gpgsm('--local-user', user, '--output', `theirs${how}`, how, 'text')
      assert.ok(ok, text)
      await weVerify(peer.read(`theirs${how}`), detached)
    }
  }
})
