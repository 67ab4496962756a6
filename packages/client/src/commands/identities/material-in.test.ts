import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { importPrivateKey } from '@scel/pki/crypto'
import { authorityExtensions, certify, type Holder } from '@scel/testkit/authority'
import type { Item } from '../input/material.ts'
import { materialIn } from './material-in.ts'

const root = await certify({ name: 'CN=Root', extensions: authorityExtensions() })
const ana = await certify({ name: 'CN=Ana', issuer: root })
const bob = await certify({ name: 'CN=Bob', issuer: root })
const key = ({ keys }: Holder): Item => ({ kind: 'private key', key: keys.privateKey })
const certificate = ({ certificate: { der } }: Holder): Item => ({ kind: 'certificate', der })

test('each key of a file is found once, with its own certificate and what stands above it', async () => {
  const found = await materialIn('f', [
    key(bob),
    certificate(root),
    key(ana),
    certificate(ana),
    certificate(bob),
    key(ana),
  ])
  assert.deepEqual(
    found.map((one) => [one.certificate, one.chain, one.root]),
    [bob, ana].map((one) => [one.certificate.der, [], root.certificate.der]),
  )
  const older = await certify({
    ...{ name: 'CN=Ana', issuer: root, keys: ana.keys },
    notBefore: '2025-01-01T00:00:00Z',
  })
  for (const all of [
    [key(ana), certificate(older), certificate(ana)],
    [key(ana), certificate(ana), certificate(older)],
  ]) {
    const [newest] = await materialIn('f', all)
    assert.deepEqual([newest?.certificate, newest?.root], [ana.certificate.der, undefined])
  }
})

test('no key, no certificate, another certificate and a key of long ago are told apart', async () => {
  const refused = (code: string, ...items: readonly Item[]) => assert.rejects(materialIn('f', items), { code })
  await refused('import_key_missing', certificate(ana))
  await refused('import_key_missing')
  await refused('import_certificate_missing', key(ana))
  await refused('import_key_other', key(ana), certificate(bob))
  await refused('import_key_other', key(ana), certificate(ana), key(bob))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const short = await importPrivateKey(pkcs8, { dangerAnySize: true })
  const { certificate: its } = await certify({ name: 'CN=Old', issuer: root, publicKey: short.publicKey })
  const old: Item = { kind: 'private key', key: short }
  await assert.rejects(materialIn('f', [old, { kind: 'certificate', der: its.der }]), {
    code: 'import_key_unusable',
    facts: { file: 'f', key: 'RSA 1024' },
  })
})
