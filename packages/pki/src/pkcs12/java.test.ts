// Java's key stores are PKCS #12 files.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { java } from '@scel/testkit/peers'
import { pkcs12Scene } from '../../test/pkcs12-scene.ts'
import type { Pkcs12 } from './index.ts'
import { openPkcs12, readPkcs12, writePkcs12Certificates } from './index.ts'

// Java before 9 takes ASCII only.
const PASSPHRASE = 'motdepasse'
const LEGACY = '-J-Dkeystore.pkcs12.legacy'

for (const kind of ['modern', 'compatible'] as const) {
  test(`Java imports our ${kind} file, and we open the stores that it makes of it`, async (t) => {
    const peer = java(t)
    if (!peer) return
    const { file, check } = await pkcs12Scene()
    peer.write('ours.p12', await file(kind, PASSPHRASE))
    const from = ['-srckeystore', 'ours.p12', '-srcstorepass', PASSPHRASE]
    for (const [name, options, weak] of [
      ['default', [], false],
      ['legacy', [LEGACY], true],
    ] as const) {
      const to = ['-destkeystore', `${name}.p12`, '-deststoretype', 'PKCS12', '-deststorepass', PASSPHRASE]
      const made = peer.run('keytool', ...options, '-importkeystore', '-noprompt', ...from, ...to)
      assert.ok(made.ok, made.text)
      const read: Pkcs12 = await readPkcs12(peer.read(`${name}.p12`), PASSPHRASE, { dangerOldCiphers: weak })
      check(read, name)
      assert.equal(read.friendlyName, 'poste été') // Java's aliases have no capitals
      assert.equal(read.protection.weak, weak)
    }
  })
}

test('Java trusts the certificates of our trust store, and its mark is read back', async (t) => {
  const peer = java(t)
  if (!peer) return
  const { chain, lay } = await pkcs12Scene()
  const certificates = chain.map((der, i) => ({ der, friendlyName: `authority-${i}`, trusted: true }))
  peer.write('trust.p12', await writePkcs12Certificates({ certificates, passphrase: PASSPHRASE, iterations: 2_048 }))
  const listed = peer.run('keytool', '-list', '-keystore', 'trust.p12', '-storepass', PASSPHRASE)
  assert.equal(listed.text.match(/trustedCertEntry/g)?.length, 2, listed.text)
  lay(peer)
  const into = ['-keystore', 'theirs.p12', '-storepass', PASSPHRASE, '-alias', 'one']
  const made = peer.run('keytool', '-importcert', '-noprompt', '-file', 'cert.pem', ...into)
  assert.ok(made.ok, made.text)
  const [only] = (await openPkcs12(peer.read('theirs.p12'), PASSPHRASE)).certificates
  assert.deepEqual(only?.trustedFor, ['2.5.29.37.0'])
  assert.equal(only?.friendlyName, 'one')
})
