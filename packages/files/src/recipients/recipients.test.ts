import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultSignature, generateKeyPair, type KeySpec, sign } from '@scel/pki'
import { isPkiError } from '@scel/pki/errors'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  type Certificate,
  type Extension,
  makeExtension,
  parseCertificate,
} from '@scel/pki/x509'
import { checkRecipient, type RecipientPath, receiversAmong } from './index.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const BEFORE = new Date('2026-01-01T00:00:00Z')
const AFTER = new Date('2027-01-01T00:00:00Z')
const nameOf = (name: string) => buildName([{ type: 'commonName', value: name }])
const signature = defaultSignature('ec-p256')
const rootKeys = await generateKeyPair('ec-p256')

let serial = 0
interface Wanted {
  readonly name: string
  readonly spec?: KeySpec
  readonly extensions?: readonly Extension[]
  readonly until?: Date
}

async function certify({ name, spec = 'ec-p256', extensions = [], until = AFTER }: Wanted): Promise<Certificate> {
  const { publicKey } = name === 'Root' ? rootKeys : await generateKeyPair(spec)
  const tbs = buildTbsCertificate({
    serial: Uint8Array.of(++serial),
    ...{ signature, issuer: nameOf('Root'), subject: nameOf(name), notBefore: BEFORE, notAfter: until },
    ...{ publicKey, extensions },
  })
  return parseCertificate(assembleSigned(tbs, signature, await sign(rootKeys.privateKey, tbs)))
}

const usage = (...bits: Parameters<typeof makeExtension<'keyUsage'>>[1]): Extension => makeExtension('keyUsage', bits)
const purpose = (...names: string[]): Extension => makeExtension('extendedKeyUsage', names)
const root = await certify({
  name: 'Root',
  extensions: [makeExtension('basicConstraints', { ca: true }), usage('keyCertSign')],
})
const receiver = await certify({ name: 'Ana', extensions: [usage('keyAgreement')] })
const signer = await certify({ name: 'Ana', extensions: [usage('digitalSignature')] })
const server = await certify({
  name: 'server',
  spec: 'rsa-2048',
  extensions: [usage('keyEncipherment'), purpose('serverAuth')],
})
const expired = await certify({ name: 'Late', until: new Date('2026-02-01T00:00:00Z') })

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

async function reasonOf(certificate: Certificate, path?: RecipientPath): Promise<string | undefined> {
  try {
    await checkRecipient(certificate, { at: NOW, ...(path ? { path } : {}) })
    return undefined
  } catch (error) {
    if (isPkiError(error)) return error.code
    throw error
  }
}
