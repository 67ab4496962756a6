import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, named } from '@scel/testkit/authority'
import { extension, makeExtension } from '../x509/index.ts'
import { isRecipient } from './index.ts'

// The number has its highest bit set: it is one octet longer in the certificate than in what is shown of it.
const ana = (await certify({ name: named('Ana'), serial: '00f1e2d3c4b5a697' })).certificate
const bob = (await certify({ name: named('Bob'), serial: '00f1e2d3c4b5a697' })).certificate
const BY = { kind: 'key-transport', algorithm: 'RSA-OAEP' } as const

test('a recipient is found by issuer and number, and neither of them suffices', () => {
  const { issuer, serialHex } = ana
  assert.equal(isRecipient(ana, { ...BY, issuer, serialHex }), true)
  assert.equal(isRecipient(bob, { ...BY, issuer, serialHex }), false)
  assert.equal(isRecipient(ana, { ...BY, issuer, serialHex: 'f1e2d3c4b5a698' }), false)
  assert.equal(isRecipient(ana, { ...BY, issuer }), false)
  assert.equal(isRecipient(ana, BY), false)
})

test('a recipient is found by key identifier, and a secret key of that identifier is nobody’s certificate', () => {
  const keyIdentifier = extension(ana, 'subjectKeyIdentifier')!
  assert.equal(isRecipient(ana, { ...BY, keyIdentifier }), true)
  assert.equal(isRecipient(bob, { ...BY, keyIdentifier }), false)
  assert.equal(isRecipient(ana, { ...BY, kind: 'secret-key', keyIdentifier }), false)
})

test('a certificate whose key identifier cannot be read has none', async () => {
  const unreadable = { ...makeExtension('subjectKeyIdentifier', new Uint8Array(20)), value: Uint8Array.of(5, 0) }
  const { certificate } = await certify({ name: named('Eve'), only: [unreadable] })
  assert.equal(isRecipient(certificate, { ...BY, keyIdentifier: new Uint8Array(20) }), false)
})
