import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { holderNameOf, withChain } from './adoption.ts'
import type { Identity } from './key-store.ts'

const root = await certify({ name: 'CN=Root', extensions: authorityExtensions() })
const issuing = await certify({ name: 'CN=Issuing', issuer: root, extensions: authorityExtensions() })
const other = await certify({ name: 'CN=Other', issuer: root, extensions: authorityExtensions() })
const ana = await certify({ name: 'CN=Ana', issuer: issuing })
const renewed = await certify({ name: 'CN=Ana', issuer: other, keys: ana.keys })
const [certificate, chain] = [ana.certificate.der, [issuing.certificate.der]]
const present: Identity = {
  ...{ holder: { name: 'Ana' }, key: '0123456789abcdef', place: 'a drawer', madeAt: new Date(0), current: true },
  ...{ certificate, chain, root: root.certificate.der },
}

test('a file that says less of the same certificate takes nothing away, and one that says otherwise is believed', () => {
  const whole = { certificate, chain, root: root.certificate.der }
  for (const less of [
    { certificate, chain },
    { certificate, chain: [] },
  ])
    assert.deepEqual(withChain(present, less), whole)
  const { root: _, ...rootless } = present
  assert.deepEqual(withChain(rootless, { certificate, chain: [] }), { certificate, chain })
  const otherwise = { certificate, chain: [other.certificate.der] }
  assert.equal(withChain(present, otherwise), otherwise)
  const longer = { certificate, chain: [...chain, root.certificate.der, other.certificate.der] }
  assert.equal(withChain(present, longer), longer)
  const anew = { certificate, chain: [], root: root.certificate.der }
  assert.equal(withChain(present, anew), anew)
})

test('what stands above another certificate of the key is not what stood above this one', () => {
  const material = { certificate: renewed.certificate.der, chain: [] }
  assert.equal(withChain(present, material), material)
  assert.equal(withChain(undefined, material), material)
})

test('a holder without a name is called by the serial number', async () => {
  const nameless = await certify({
    ...{ name: [], issuer: root, serial: '77' },
    extensions: [makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'x@example.org' }], true)],
  })
  assert.deepEqual([holderNameOf(nameless.certificate.der), holderNameOf(certificate)], ['77', 'Ana'])
})
