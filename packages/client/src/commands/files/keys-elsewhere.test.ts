// A store whose keys never leave it, as a token's do: what signs and opens asks it for a key and gets what the key does.

import assert from 'node:assert/strict'
import { createPrivateKey, type KeyObject, privateDecrypt, sign as signWith } from 'node:crypto'
import { test } from 'node:test'
import { concat, utf8 } from '@scel/pki/bytes'
import { openContent, sealContent, signBytes, verifyContent } from '@scel/pki/cms'
import { exportPrivateKey, type Key, keyElsewhere } from '@scel/pki/crypto'
import { makeExtension } from '@scel/pki/x509'
import { certify, type Holder, NOW } from '@scel/testkit/authority'
import { openIdentities } from '../../identities/identities.ts'
import type { Identity, KeyStore } from '../../keystores/index.ts'
import { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { decryptionKeys } from './decryption-keys.ts'
import { findSigner } from './signer.ts'

const root = await certify({
  name: 'CN=Root',
  serial: '01',
  extensions: [
    makeExtension('basicConstraints', { ca: true }, true),
    makeExtension('keyUsage', ['keyCertSign', 'cRLSign'], true),
  ],
})
const ana = await certify({
  name: 'CN=Ana',
  serial: '02',
  issuer: root,
  spec: 'rsa-2048',
  extensions: [
    makeExtension('keyUsage', ['digitalSignature', 'keyEncipherment']),
    makeExtension('extendedKeyUsage', ['emailProtection']),
    makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'ana@example.org' }]),
  ],
})
const bob = await certify({ name: 'CN=Bob', serial: '03', issuer: root, spec: 'rsa-2048' })

/** Node keeps the private half; this library sees what it answers. */
async function kept({ keys }: Holder, asked: string[]): Promise<Key> {
  const pkcs8 = Buffer.from(await exportPrivateKey(keys.privateKey))
  const object: KeyObject = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  return keyElsewhere(keys.publicKey, {
    sign: async (message, { digest }) => {
      asked.push('sign')
      return signWith(digest, message, object)
    },
    decrypt: async (encrypted, how) => {
      asked.push('decrypt')
      return how.scheme === 'OAEP' ? privateDecrypt({ key: object, oaepHash: how.digest }, encrypted) : undefined
    },
  })
}

async function sessionWith(
  ...holders: readonly Holder[]
): Promise<{ session: Shell & State & Keys; used: string[]; asked: string[] }> {
  const [used, asked]: [string[], string[]] = [[], []]
  const identities = holders.map(
    ({ certificate }, index): Identity => ({
      holder: { desk: 'production-0123456789ab', name: `person-${index}` },
      key: String(index).padStart(16, '0'),
      place: 'a drawer',
      madeAt: NOW,
      certificate: certificate.der,
      chain: [],
      root: root.certificate.der,
      current: true,
    }),
  )
  const drawer: Pick<KeyStore, 'name' | 'list' | 'use'> = {
    name: 'drawer',
    list: async () => identities,
    use: async ({ holder: { name }, key }) => {
      used.push(name)
      return kept(holders[Number(key)]!, asked)
    },
  }
  const own = openIdentities({
    stores: async (scope) => (scope === 'user' ? [drawer as KeyStore] : []),
    complain: (error) => assert.fail(String(error)),
  })
  return { session: { identities: own, now: () => NOW } as Shell & State & Keys, used, asked }
}

const nothing = new Given([], {})

test('what is signed with a key that stays in its store verifies', async () => {
  const { session, used, asked } = await sessionWith(ana, bob)
  const { signer, chain } = await findSigner(session, nothing, 'ana@example.org')
  assert.deepEqual([used, chain], [['person-0'], []])
  const signed = await signBytes(utf8('a text'), { signers: [signer], at: NOW })
  assert.deepEqual(asked, ['sign'])
  const { signers } = await verifyContent(piece(signed), {
    ...{ anchors: [root.certificate], at: NOW, revocation: 'not-asked' },
  })
  assert.ok(signers[0]?.integrity.ok && signers[0].chain.ok)
})

test('what was sealed is opened by the key in its store, and no other key is touched', async () => {
  const { session, used, asked } = await sessionWith(ana, bob)
  const sealed = await collect(
    sealContent(piece(utf8('a text')), {
      recipients: [{ kind: 'certificate', certificate: bob.certificate, anyway: ['usage'] }],
      at: NOW,
    }),
  )
  const { issuer, serialHex } = bob.certificate
  const facts = { kind: 'key-transport', algorithm: 'RSA-OAEP', issuer, serialHex } as const
  const keys = await decryptionKeys(session, nothing, {
    ...{ structure: 'authEnvelopedData', contentType: '1.2.840.113549.1.7.1', cipher: 'AES-256-GCM' },
    recipients: [facts],
  })
  assert.deepEqual([used, asked], [['person-1'], []])
  const parts: Uint8Array[] = []
  await openContent(piece(sealed), { keys }, { write: async (bytes) => void parts.push(bytes.slice()) })
  assert.deepEqual([concat(...parts), asked], [utf8('a text'), ['decrypt']])
})

async function* piece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part.slice())
  return concat(...parts)
}
