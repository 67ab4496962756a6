// The mails of RFC 4134: DSA with SHA-1 (§4.8, §4.9), and triple DES for an RSA key of 1024 bits (§5.3).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '@scel/testkit/authority'
import { type Exception, judge, settle, type Vectors, vectors } from '@scel/testkit/vectors'
import { open } from '../../test/sealing.ts'
import { latin1 } from '../bytes/index.ts'
import { importPrivateKey } from '../crypto/index.ts'
import { hasCode } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import type { ReadMailOptions, SealedLayer, SignedLayer } from './index.ts'
import { partContent, partText, readMail, readMime } from './index.ts'

const DSA: Exception = {
  reason: 'signed with DSA, which is not implemented: FIPS 186-5 withdrew it for signing, and no profile here has it',
}
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  '4.8.eml verifies': DSA,
  '4.9.eml verifies': DSA,
}

async function archive(folder: Vectors): Promise<ReadMailOptions> {
  const certificate = parseCertificate(folder.read('BobRSASignByCarl.cer'))
  const key = await importPrivateKey(folder.read('BobPrivRSAEncrypt.pri'), { dangerAnySize: true })
  return {
    keys: [{ certificate, key }],
    anchors: [parseCertificate(folder.read('CarlDSSSelf.cer'))],
    at: NOW,
    revocation: 'not-asked',
    danger: { oldCiphers: true, oldSignatures: true },
  }
}

test('RFC 4134: the mails are taken apart and opened, and what they hold is the sample content', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const options = await archive(folder)
  const sample = latin1(folder.read('ExContent.bin'))
  const accepts = new Map<string, boolean>()
  for (const name of ['4.8.eml', '4.9.eml']) {
    const { layers, content } = await readMail(folder.read(name), options)
    accepts.set(`${name} holds the content`, partText(content) === sample)
    accepts.set(`${name} verifies`, (layers[0] as SignedLayer).signers[0]!.integrity.ok)
  }
  const cms = partContent(readMime(folder.read('5.3.eml')))
  const { content } = await open(cms, { keys: options.keys!, danger: options.danger! })
  accepts.set('5.3.eml opens', latin1(content) === sample)
  // Sealed without a header, and so a text.
  const { layers, content: shown } = await readMail(folder.read('5.3.eml'), options)
  accepts.set('5.3.eml is read', !layers[0]?.error && partText(shown) === sample)
  assert.equal(accepts.size, 6)
  settle(
    t,
    'RFC 4134 mails',
    judge(
      [...accepts.keys()].map((id) => ({ id, accept: true })),
      EXCEPTIONS,
      accepts,
    ),
  )
})

test('RFC 4134: old ciphers are read on request only', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const { danger: _, ...options } = await archive(folder)
  const mail = await readMail(folder.read('5.3.eml'), options)
  assert.ok(hasCode((mail.layers[0] as SealedLayer).error, 'algorithm_weak'))
})
