// Both ways with NSS (cmsutil) and GnuPG (gpgsm). What is common in mail: CBC, and RSA without OAEP. The versions that
// people have today read neither GCM nor OAEP, and their NSS no ECDH.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, type Holder, named } from '@scel/testkit/authority'
import { type Answer, type Bench, bench } from '@scel/testkit/peers'
import { keyOf, open, seal } from '../../test/sealing.ts'
import { pemEncode } from '../bytes/index.ts'
import { exportPrivateKey, randomBytes } from '../crypto/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { SealCipher } from './index.ts'

const CONTENT = randomBytes(200_001)

interface Person {
  readonly root: Holder
  readonly ana: Holder
}

/** A person under a root of her own, in files: root.pem, ana.pem, ana.key, ana.p12 with the passphrase x. */
async function setUp(peer: Bench): Promise<Person> {
  const root = await certify({ name: named('Root'), extensions: authorityExtensions() })
  const ana = await certify({
    name: named('Ana'),
    issuer: root,
    spec: 'rsa-2048',
    extensions: [
      makeExtension('keyUsage', ['digitalSignature', 'keyEncipherment']),
      makeExtension('extendedKeyUsage', ['emailProtection']),
      makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'ana@example.org' }]),
    ],
  })
  peer.write('root.pem', pemEncode('CERTIFICATE', root.certificate.der))
  peer.write('ana.pem', pemEncode('CERTIFICATE', ana.certificate.der))
  peer.write('ana.key', pemEncode('PRIVATE KEY', await exportPrivateKey(ana.keys.privateKey)))
  peer.write('content', CONTENT)
  const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-passout', 'pass:x']
  peer.run('openssl', 'pkcs12', '-export', '-inkey', 'ana.key', '-in', 'ana.pem', ...old, '-out', 'ana.p12')
  return { root, ana }
}

const sealFor = ({ ana }: Person, cipher: SealCipher): Promise<Uint8Array> =>
  seal(CONTENT, {
    recipients: [{ kind: 'certificate', certificate: ana.certificate, keyTransport: 'PKCS1-v1.5' }],
    cipher,
  })

test('NSS opens what we seal for an RSA key, and we open what it seals', async (t) => {
  const peer = bench(t, 'certutil', 'pk12util', 'cmsutil', 'openssl')
  if (!peer) return
  const person = await setUp(peer)
  const database = ['-d', 'sql:db']
  peer.run('mkdir', 'db')
  peer.run('certutil', '-N', ...database, '--empty-password')
  peer.run('certutil', '-A', ...database, '-n', 'root', '-t', 'CT,C,C', '-i', 'root.pem')
  const imported = peer.run('pk12util', '-i', 'ana.p12', ...database, '-W', 'x')
  assert.ok(imported.ok, imported.text)
  for (const cipher of ['AES-128-CBC', 'AES-256-CBC'] as const) {
    peer.write('sealed', await sealFor(person, cipher))
    const { ok, text } = peer.run('cmsutil', '-D', ...database, '-i', 'sealed', '-o', 'out')
    assert.ok(ok, `${cipher}: ${text}`)
    assert.ok(Buffer.from(CONTENT).equals(peer.read('out')), cipher)
  }
  const { ok, text } = peer.run('cmsutil', '-E', ...database, '-r', 'ana@example.org', '-i', 'content', '-o', 'theirs')
  assert.ok(ok, text)
  const opened = await open(peer.read('theirs'), { keys: [keyOf(person.ana)], danger: { oldCiphers: true } })
  assert.ok(Buffer.from(opened.content).equals(CONTENT))
})

test('gpgsm opens what we seal for an RSA key, and we open what it seals', async (t) => {
  const peer = bench(t, 'gpgsm', 'gpgconf', 'openssl')
  if (!peer) return
  const person = await setUp(peer)
  const home = `GNUPGHOME=${peer.folder}/gnupg`
  t.after(() => peer.run('env', home, 'gpgconf', '--kill', 'all'))
  const options = ['--batch', '--disable-dirmngr', '--disable-crl-checks', '--pinentry-mode', 'loopback']
  const gpgsm = (...args: readonly string[]): Answer =>
    peer.run('sh', '-c', `${home} exec gpgsm "$@" < passphrase`, 'gpgsm', ...options, '--passphrase-fd', '0', ...args)
  peer.run('mkdir', '-m', '700', 'gnupg')
  // On a busy machine gpgsm would not wait long enough for an agent that it starts itself.
  peer.run('env', home, 'gpgconf', '--launch', 'gpg-agent')
  peer.write('passphrase', 'x')
  const print = peer.run('openssl', 'x509', '-in', 'root.pem', '-noout', '-fingerprint', '-sha1').text
  peer.write('gnupg/trustlist.txt', `${print.replace(/^.*=/, '').trim()} S relax\n`)
  gpgsm('--import', 'root.pem')
  gpgsm('--import', 'ana.p12')
  for (const cipher of ['AES-128-CBC', 'AES-256-CBC'] as const) {
    peer.write('sealed', await sealFor(person, cipher))
    const { ok, text } = gpgsm('--output', `out-${cipher}`, '--decrypt', 'sealed')
    assert.ok(ok, `${cipher}: ${text}`)
    assert.ok(Buffer.from(CONTENT).equals(peer.read(`out-${cipher}`)), cipher)
  }
  const { ok, text } = gpgsm('--output', 'theirs', '--recipient', 'ana@example.org', '--encrypt', 'content')
  assert.ok(ok, text)
  const opened = await open(peer.read('theirs'), { keys: [keyOf(person.ana)] })
  assert.ok(Buffer.from(opened.content).equals(CONTENT))
})
