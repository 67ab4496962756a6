import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, named } from '@scel/testkit/authority'
import type { Extension } from '../../x509/index.ts'
import { makeExtension } from '../../x509/index.ts'
import { maySign } from './may-sign.ts'

const of = async (...extensions: Extension[]): Promise<boolean> =>
  maySign((await certify({ name: named('Ana'), extensions })).certificate)
const usage = (...bits: Parameters<typeof makeExtension<'keyUsage'>>[1]): Extension => makeExtension('keyUsage', bits)
const purposes = (...names: string[]): Extension => makeExtension('extendedKeyUsage', names)

test('who signs has a certificate whose usage and purposes say so, or say nothing', async () => {
  assert.equal(await of(), true)
  for (const bit of ['digitalSignature', 'nonRepudiation'] as const) assert.equal(await of(usage(bit)), true, bit)
  for (const name of ['emailProtection', 'anyExtendedKeyUsage']) assert.equal(await of(purposes(name)), true, name)
})

test('a usage without signing, and a purpose that is not that of signed content, make no signer', async () => {
  assert.equal(await of(usage('keyAgreement')), false)
  for (const name of ['clientAuth', 'serverAuth', 'codeSigning', 'timeStamping']) {
    assert.equal(await of(usage('digitalSignature'), purposes(name)), false, name)
  }
})

test('a key that cannot sign by its kind makes no signer, and neither does an extension that cannot be read', async () => {
  const issuer = await certify({ name: named('Root') })
  const agreeing = await certify({ name: named('Ana'), spec: 'x25519', issuer })
  assert.equal(maySign(agreeing.certificate), false)
  assert.equal(await of({ ...usage('digitalSignature'), value: Uint8Array.of(5, 0) }), false)
})
