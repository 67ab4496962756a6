// Messages that Bouncy Castle 1.86 sealed. `openssl cms` 3.0 knows neither X25519 nor X448, so that is who judges these.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OpenedBytes } from '../../../test/sealing.ts'
import { open } from '../../../test/sealing.ts'
import { fromUtf8, pemDecode } from '../../bytes/index.ts'
import { importPrivateKey } from '../../crypto/index.ts'
import { parseCertificate } from '../../x509/index.ts'

test('RFC 8418: what Bouncy Castle seals for an X25519 key opens', async () => {
  assert.deepEqual(said(await opened('x25519.pem')), ['authEnvelopedData', 'AES-256-GCM', 'ECDH with HKDF SHA-256'])
})

test('RFC 8418: what Bouncy Castle seals for an X448 key opens, with a wrap of 128 bits', async () => {
  assert.deepEqual(said(await opened('x448.pem')), ['envelopedData', 'AES-256-CBC', 'ECDH with HKDF SHA-512'])
})

test('RFC 8418 §2.2: a ukm is the salt of HKDF and part of what the key is derived for, as in Bouncy Castle’s key agreement', async () => {
  assert.deepEqual(said(await opened('x25519-ukm.pem')), ['authEnvelopedData', 'AES-256-GCM', 'ECDH with HKDF SHA-384'])
})

test('RFC 9629, RFC 9709: what Bouncy Castle seals for an ML-KEM key opens, with a ukm and a key that is bound to its cipher', async () => {
  assert.deepEqual(said(await opened('ml-kem-768-ukm-bound.pem')), [
    'authEnvelopedData',
    'AES-256-GCM with CEK-HKDF',
    'ML-KEM-768',
  ])
})

const FOLDER = join(import.meta.dirname, '../../../test/bouncy-castle-1.86')

async function opened(name: string): Promise<OpenedBytes> {
  const blocks = pemDecode(readFileSync(join(FOLDER, name), 'utf8'))
  const [key, certificate, sealed] = ['PRIVATE KEY', 'CERTIFICATE', 'CMS'].map(
    (label) => blocks.find((block) => block.label === label)!.der,
  )
  const own = { certificate: parseCertificate(certificate!), key: await importPrivateKey(key!) }
  const found = await open(sealed!, { keys: [own] })
  assert.equal(fromUtf8(found.content), 'sealed by Bouncy Castle\n')
  return found
}

const said = ({ structure, cipher, recipient }: OpenedBytes) => [structure, cipher, recipient?.algorithm]
