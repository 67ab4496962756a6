import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, bench } from '@scel/testkit/peers'
import { PASSPHRASE, pkcs12Scene } from '../../test/pkcs12-scene.ts'
import type { Pkcs12 } from './index.ts'
import { readPkcs12 } from './index.ts'

// What pk12util calls its ciphers.
const TRIPLE_DES = 'PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC'
const RC2_40 = 'PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC'
const VARIANTS: readonly (readonly [options: readonly string[], weak: boolean])[] = [
  [[], false],
  [['-c', 'AES-128-CBC', '-C', 'none', '-M', 'SHA-512'], false],
  [['-c', TRIPLE_DES, '-C', RC2_40, '-M', 'SHA-1'], true],
]

for (const kind of ['modern', 'compatible'] as const) {
  test(`NSS imports our ${kind} file, key included`, async (t) => {
    const peer = bench(t, 'certutil', 'pk12util')
    if (peer) importOurs(peer, await (await pkcs12Scene()).file(kind))
  })
}

test('we open what NSS exports in its ciphers, old ones on request', async (t) => {
  const peer = bench(t, 'certutil', 'pk12util')
  if (!peer) return
  const { file, check } = await pkcs12Scene()
  importOurs(peer, await file('modern'))
  for (const [options, weak] of VARIANTS) {
    const what = options.join(' ')
    const wish = ['-n', 'Poste été', '-W', PASSPHRASE, ...options]
    const exported = peer.run('pk12util', '-o', 'nss.p12', '-d', 'sql:db', ...wish)
    assert.ok(exported.ok, exported.text)
    const read: Pkcs12 = await readPkcs12(peer.read('nss.p12'), PASSPHRASE, { dangerOldCiphers: weak })
    check(read, what)
    assert.equal(read.protection.weak, weak, what)
  }
})

function importOurs(peer: Bench, file: Uint8Array): void {
  peer.write('ours.p12', file)
  peer.run('mkdir', 'db')
  peer.run('certutil', '-N', '-d', 'sql:db', '--empty-password')
  const imported = peer.run('pk12util', '-i', 'ours.p12', '-d', 'sql:db', '-W', PASSPHRASE)
  assert.ok(imported.ok, imported.text)
  assert.match(peer.run('certutil', '-L', '-d', 'sql:db').text, /Poste été\s+u,u,u/)
}
