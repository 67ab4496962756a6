import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import { PASSPHRASE, pkcs12Scene } from '../../test/pkcs12-scene.ts'
import type { Pkcs12 } from './index.ts'
import { readPkcs12 } from './index.ts'

// GnuTLS takes a second for each, so the two readings of an empty passphrase are tried where they differ: in the MAC,
// and in the schemes of PKCS #12.
const WITH = ['--password', PASSPHRASE]
const VARIANTS: readonly (readonly [cipher: string, passphrase: readonly string[], weak: boolean])[] = [
  ['aes-128', WITH, false],
  ['aes-256', ['--null-password'], false],
  ['3des', WITH, true],
  ['3des-pkcs12', WITH, true],
  ['rc2-40', ['--empty-password'], true],
  ['rc2-40', ['--null-password'], true],
]

for (const kind of ['modern', 'compatible'] as const) {
  test(`GnuTLS opens our ${kind} file`, async (t) => {
    const peer = bench(t, 'certtool')
    if (!peer) return
    const { file, pem } = await pkcs12Scene()
    peer.write('ours.p12', await file(kind))
    const opened = peer.run('certtool', '--p12-info', '--inder', '--infile', 'ours.p12', '--password', PASSPHRASE)
    assert.ok(opened.ok && opened.text.includes(pem.certificate), opened.text)
  })
}

test('we open what GnuTLS writes in every cipher, with a passphrase, the empty one and none', async (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  const { lay, certificate, key } = await pkcs12Scene()
  lay(peer)
  const files = ['--load-privkey', 'key.pem', '--load-certificate', 'cert.pem']
  for (const [cipher, option, weak] of VARIANTS) {
    const what = `${cipher} ${option[0]}`
    const wish = ['--pkcs-cipher', cipher, '--hash', 'SHA256', '--p12-name', 'x', ...option]
    const made = peer.run('certtool', '--to-p12', ...files, ...wish, '--outder', '--outfile', 'gnutls.p12')
    assert.ok(made.ok, made.text)
    const passphrase = option === WITH ? PASSPHRASE : ''
    const read: Pkcs12 = await readPkcs12(peer.read('gnutls.p12'), passphrase, { dangerOldCiphers: weak })
    assert.deepEqual(read.key.publicKey, key.publicKey, what)
    assert.deepEqual(read.certificate, certificate, what)
    assert.equal(read.protection.weak, weak, what)
  }
})
