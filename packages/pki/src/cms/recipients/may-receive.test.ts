import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, named } from '@scel/testkit/authority'
import type { KeySpec } from '../../algorithms/index.ts'
import type { Extension } from '../../x509/index.ts'
import { makeExtension } from '../../x509/index.ts'
import { mayReceive } from './may-receive.ts'

const issuer = await certify({ name: named('Root') })
const of = async (spec: KeySpec, ...extensions: Extension[]): Promise<boolean> =>
  mayReceive((await certify({ name: named('Ana'), spec, extensions, issuer })).certificate)
const usage = (...bits: Parameters<typeof makeExtension<'keyUsage'>>[1]): Extension => makeExtension('keyUsage', bits)
const purposes = (...names: string[]): Extension => makeExtension('extendedKeyUsage', names)

test('who receives has a certificate whose usage is that of its kind of key, or says nothing', async () => {
  for (const spec of ['rsa-2048', 'ec-p256'] as const) assert.equal(await of(spec), true, spec)
  assert.equal(await of('rsa-2048', usage('keyEncipherment')), true)
  assert.equal(await of('rsa-2048', usage('keyAgreement')), false)
  assert.equal(await of('ec-p256', usage('keyAgreement')), true)
  assert.equal(await of('ec-p256', usage('keyEncipherment')), false)
  assert.equal(await of('ec-p256', usage('digitalSignature')), false)
})

test('purposes that leave mail out make no receiver, and neither does a key that only signs', async () => {
  for (const name of ['emailProtection', 'anyExtendedKeyUsage']) assert.equal(await of('ec-p256', purposes(name)), true)
  for (const name of ['clientAuth', 'serverAuth']) assert.equal(await of('ec-p256', purposes(name)), false, name)
  assert.equal(await of('ed25519'), false)
  assert.equal(await of('ec-p256', { ...usage('keyAgreement'), value: Uint8Array.of(5, 0) }), false)
})
