import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import { PASSPHRASE, pkcs12Scene } from '../../test/pkcs12-scene.ts'
import { pemEncode } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import type { Pkcs12 } from './index.ts'
import { openPkcs12, readPkcs12, writePkcs12Certificates } from './index.ts'

for (const kind of ['modern', 'compatible'] as const) {
  test(`openssl opens our ${kind} file: key, certificate, chain and name`, async (t) => {
    const peer = bench(t, 'openssl')
    if (!peer) return
    const { file, pem } = await pkcs12Scene()
    peer.write('ours.p12', await file(kind))
    const opened = peer.run('openssl', 'pkcs12', '-in', 'ours.p12', '-noenc', '-passin', `pass:${PASSPHRASE}`)
    assert.ok(opened.ok, opened.text)
    for (const part of [pem.key, pem.certificate, ...pem.chain.split(/(?<=END CERTIFICATE-----\n)/)]) {
      assert.ok(opened.text.includes(part), opened.text)
    }
    assert.ok(opened.text.includes('friendlyName: Poste'), opened.text)
    assert.equal(peer.run('openssl', 'pkcs12', '-in', 'ours.p12', '-noenc', '-passin', 'pass:wrong').ok, false)
  })
}

// What openssl can write, and what of it is called weak here.
const VARIANTS: readonly (readonly [options: readonly string[], weak: boolean])[] = [
  [[], false],
  [['-macalg', 'sha1'], false],
  [['-macalg', 'sha384'], false],
  [['-macalg', 'sha512'], false],
  [['-iter', '1', '-nomaciter'], false],
  [['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC'], false],
  [['-certpbe', 'NONE'], false],
  [['-keypbe', 'NONE'], true],
  [['-keypbe', 'NONE', '-certpbe', 'NONE'], true],
  [['-descert'], true],
  [['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'], true],
  [['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES'], true],
  [['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC'], true],
  [['-legacy'], true],
  [['-legacy', '-keypbe', 'PBE-SHA1-RC2-40'], true],
  [['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128'], true],
]

test('we open what openssl writes in every variant, old ciphers on request only', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { lay, check } = await pkcs12Scene()
  lay(peer)
  const files = ['-inkey', 'key.pem', '-in', 'cert.pem', '-certfile', 'chain.pem', '-name', 'un nom']
  for (const passphrase of [PASSPHRASE, 'ascii', '']) {
    for (const [options, weak] of VARIANTS) {
      const what = `${options.join(' ')} under “${passphrase}”`
      const wanted = [...files, ...options, '-passout', `pass:${passphrase}`, '-out', 'theirs.p12']
      const made = peer.run('openssl', 'pkcs12', '-export', ...wanted)
      assert.ok(made.ok, made.text)
      const der: Uint8Array = peer.read('theirs.p12')
      const read: Pkcs12 = await readPkcs12(der, passphrase, { dangerOldCiphers: true })
      check(read, what)
      assert.equal(read.friendlyName, 'un nom', what)
      assert.equal(read.protection.weak, weak, what)
      await assert.rejects(readPkcs12(der, `${passphrase}!`), (error) => hasCode(error, 'passphrase_wrong'), what)
      // A key that is not encrypted is shown as weak, but no cipher is at work that would have to be allowed.
      if (!weak || options.includes('NONE')) check(await readPkcs12(der, passphrase), what)
      else await assert.rejects(readPkcs12(der, passphrase), (error) => hasCode(error, 'algorithm_weak'), what)
    }
  }
})

test('openssl’s files without a code and without a key', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { lay, check } = await pkcs12Scene()
  lay(peer)
  const write = (...options: string[]): Uint8Array => {
    const made = peer.run('openssl', 'pkcs12', '-export', ...options, '-passout', 'pass:p', '-out', 'theirs.p12')
    assert.ok(made.ok, made.text)
    return peer.read('theirs.p12')
  }
  const bare = write('-inkey', 'key.pem', '-in', 'cert.pem', '-certfile', 'chain.pem', '-nomac')
  await assert.rejects(readPkcs12(bare, 'p'), (error) => hasCode(error, 'pkcs12_mac_missing'))
  check(await readPkcs12(bare, 'p', { allowWithoutMac: true }), 'no MAC')
  const keyless = write('-nokeys', '-in', 'chain.pem', '-caname', 'issuing')
  await assert.rejects(readPkcs12(keyless, 'p'), (error) => hasCode(error, 'pkcs12_key_missing'))
  assert.equal((await openPkcs12(keyless, 'p')).certificates.length, 2)
  const lone = write('-nocerts', '-inkey', 'key.pem')
  await assert.rejects(readPkcs12(lone, 'p'), (error) => hasCode(error, 'key_mismatch'))
  assert.equal((await openPkcs12(lone, 'p')).keys.length, 1)
})

test('openssl reads our file of certificates alone', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { chain } = await pkcs12Scene()
  const certificates = chain.map((der, i) => ({ der, friendlyName: `authority ${i}`, trusted: true }))
  for (const kind of ['modern', 'compatible'] as const) {
    peer.write('trust.p12', await writePkcs12Certificates({ certificates, passphrase: 'p', kind }))
    const opened = peer.run('openssl', 'pkcs12', '-in', 'trust.p12', '-nokeys', '-passin', 'pass:p')
    assert.ok(opened.ok, opened.text)
    for (const der of chain) assert.ok(opened.text.includes(pemEncode('CERTIFICATE', der)), opened.text)
    assert.match(opened.text, /friendlyName: authority 1/)
  }
})
