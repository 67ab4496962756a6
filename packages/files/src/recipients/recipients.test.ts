import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, type Extension, makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, NOW, type Wish } from '@scel/testkit/authority'
import { checkRecipient, personKey, type RecipientPath, receiversAmong, sealableAmong } from './index.ts'

const { certificate: root, keys } = await certify({ name: 'CN=Root', extensions: authorityExtensions() })
const holder = async (wish: Omit<Wish, 'issuer'>): Promise<Certificate> =>
  (await certify({ ...wish, issuer: { certificate: root, keys } })).certificate

const usage = (...bits: Parameters<typeof makeExtension<'keyUsage'>>[1]): Extension => makeExtension('keyUsage', bits)
const purpose = (...names: string[]): Extension => makeExtension('extendedKeyUsage', names)
const receiver = await holder({ name: 'CN=Ana', extensions: [usage('keyAgreement')] })
const signer = await holder({ name: 'CN=Ana', extensions: [usage('digitalSignature')] })
const server = await holder({
  name: 'CN=server',
  spec: 'rsa-2048',
  extensions: [usage('keyEncipherment'), purpose('serverAuth')],
})
const expired = await holder({ name: 'CN=Late', notAfter: '2026-02-01T00:00:00Z' })

test('of the certificates in a file those of holders who may receive are meant, and authorities come along', () => {
  assert.deepEqual(receiversAmong([root, signer, receiver, server]), [receiver])
  assert.deepEqual(receiversAmong([root, signer]), [signer])
  assert.deepEqual(receiversAmong([root]), [root])
  assert.deepEqual(receiversAmong([]), [])
})

test('whom a person brought is their choice, as far as sealing can be done at all', async () => {
  assert.equal(await reasonOf(receiver), undefined)
  assert.equal(await reasonOf(server), undefined)
  assert.equal(await reasonOf(signer), 'recipient_not_usable')
  assert.equal(await reasonOf(root), 'recipient_not_usable')
  assert.equal(await reasonOf(expired), 'certificate_expired')
})

test('whom a directory named must chain to its root, and be made for mail', async () => {
  const path: RecipientPath = { anchors: [root], intermediates: [], revocation: 'not-asked' }
  assert.equal(await reasonOf(receiver, path), undefined)
  assert.equal(await reasonOf(server, path), 'usage_not_allowed')
  assert.equal(await reasonOf(receiver, { ...path, anchors: [] }), 'issuer_unknown')
  assert.equal(await reasonOf(receiver, { ...path, revocation: { mode: 'required', crls: [] } }), 'revocation_unknown')
})

test('of one person’s certificates all that are good are meant, the newest first, and what speaks against others is told where none is', async () => {
  const other = await holder({ name: 'CN=Ana', notBefore: '2026-03-01T00:00:00Z', extensions: [usage('keyAgreement')] })
  const check = (one: Certificate) => checkRecipient(one, { at: NOW })
  assert.deepEqual(await sealableAmong([receiver, expired, other, signer], check), [other, receiver])
  assert.deepEqual(await sealableAmong([], check), [])
  await assert.rejects(sealableAmong([expired], check), coded('certificate_expired'))
  const newer = await holder({
    name: 'CN=Ana',
    notBefore: '2026-02-01T00:00:00Z',
    extensions: [usage('digitalSignature')],
  })
  await assert.rejects(sealableAmong([expired, newer], check), coded('recipient_not_usable'))
})

test('one of a person’s certificates of which nobody says whether it is revoked is not passed over', async () => {
  const path: RecipientPath = { anchors: [root], intermediates: [], revocation: { mode: 'required', crls: [] } }
  const known = await holder({ name: 'CN=Ana', extensions: [usage('keyAgreement')] })
  const check = (one: Certificate) => checkRecipient(one, one === known ? { at: NOW } : { at: NOW, path })
  await assert.rejects(sealableAmong([known, receiver], check), coded('revocation_unknown'))
})

test('people of a directory are told apart by their addresses, in whatever case', () => {
  assert.equal(
    personKey('Ana', ['b@x.example', 'a@X.example']),
    personKey('Ana', ['a@x.example', 'B@x.example', 'b@X.EXAMPLE']),
  )
  assert.notEqual(personKey('Ana', ['a@x.example']), personKey('Ana', ['b@x.example']))
  assert.notEqual(personKey('Ana', ['a@x.example']), personKey('Bea', ['a@x.example']))
})

const coded = (code: string) => (error: unknown) => isPkiError(error) && error.code === code

async function reasonOf(certificate: Certificate, path?: RecipientPath): Promise<string | undefined> {
  try {
    await checkRecipient(certificate, { at: NOW, ...(path ? { path } : {}) })
    return undefined
  } catch (error) {
    if (isPkiError(error)) return error.code
    throw error
  }
}
