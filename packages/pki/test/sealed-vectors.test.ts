// Messages that others sealed: OpenSSL for NSS, Bouncy Castle with KEMRecipientInfo, and the examples of RFC 4134.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Exception, judge, settle, type Vectors, vectors } from '@scel/testkit/vectors'
import { equal, fromBase64, fromHex, fromUtf8, utf8 } from '../src/bytes/index.ts'
import type { DecryptionKey, OpenOptions } from '../src/cms/index.ts'
import { describeSealed } from '../src/cms/index.ts'
import { importPrivateKey } from '../src/crypto/index.ts'
import { hasCode } from '../src/errors/index.ts'
import { openPkcs12 } from '../src/pkcs12/index.ts'
import { parseCertificate } from '../src/x509/index.ts'
import { inParts, open } from './sealing.ts'
import { unzip } from './unzip.ts'

test('NSS: every envelope that OpenSSL made for Fran opens, RSA-OAEP with any digests and label, ECDH with any KDF', async (t) => {
  const folder = vectors(t, 'nss/smime')
  if (!folder) return
  const [rsa, ec] = [await fran(folder, 'Fran.p12'), await fran(folder, 'Fran-ec.p12')]
  const accepts = new Map<string, boolean>()
  for (const name of folder.list('.').filter((one) => one.endsWith('.env'))) {
    const options = { keys: [rsa, ec], danger: { oldCiphers: true } } as const // triple DES, all of them
    accepts.set(name, await opensTo(folder.read(name), options, utf8('This is a test message to Fran.\n')))
  }
  assert.equal(accepts.size, 17)
  const cases = [...accepts.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'NSS envelopes', judge(cases, {}, accepts))
})

async function fran(folder: Vectors, name: string): Promise<DecryptionKey> {
  const { keys } = await openPkcs12(folder.read(name), 'nss', { accept: 'any', dangerOldCiphers: true })
  const { key, certificate } = keys[0]!
  return { certificate: parseCertificate(certificate!), key }
}

const KEMS_OF_OTHERS = /^(MLKEM\d+-(?:RSA|ECDH|X)|e?frodokem|ntru)/ // composite keys are a draft, the others no standard

test('Bouncy Castle: every KEMRecipientInfo with ML-KEM opens to the expected text; other mechanisms say that they are not supported', async (t) => {
  const folder = vectors(t, 'pqc')
  if (!folder) return
  const files = new Map(
    [...unzip(folder.read('bouncycastle-cms-v3.zip'))].map(([name, der]) => [name.replace(/^.*\//, ''), der]),
  )
  const expected = files.get('expected_plaintext.txt')!
  const accepts = new Map<string, boolean>()
  const exceptions: Record<string, Exception> = {}
  for (const [name, der] of files) {
    const [, stem] = /^(.*)_kemri_/.exec(name) ?? []
    if (!stem) continue
    const own = await keyOf(files, stem)
    accepts.set(name, own !== undefined && (await opensTo(der, { keys: [own] }, expected)))
    if (!KEMS_OF_OTHERS.test(name)) continue
    exceptions[name] = { reason: 'a composite key is still a draft, FrodoKEM and NTRU are no standard of NIST' }
    // What is said of them without a key is right all the same.
    const { recipients } = await describeSealed(inParts(der))
    assert.deepEqual(
      recipients.map(({ kind, algorithm }) => [kind, algorithm]),
      [['key-encapsulation', /-([\d.]+)$/.exec(stem)![1]]],
    )
  }
  assert.ok(accepts.size > 12)
  const cases = [...accepts.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'Bouncy Castle KEMRecipientInfo', judge(cases, exceptions, accepts))
})

/** Undefined where the key is of a kind that is not known. */
async function keyOf(files: ReadonlyMap<string, Uint8Array>, stem: string): Promise<DecryptionKey | undefined> {
  try {
    const key = await importPrivateKey(files.get(`${stem}_priv.der`)!)
    return { certificate: parseCertificate(files.get(`${stem}_ee.der`)!), key }
  } catch (error) {
    if (hasCode(error, 'algorithm_unsupported') || hasCode(error, 'input_too_large')) return undefined
    throw error
  }
}

test('RFC 4134: enveloped, digested and encrypted examples open, the old ciphers only under danger', async (t) => {
  const folder = vectors(t, 'rfc4134')
  if (!folder) return
  const bob: DecryptionKey = {
    certificate: parseCertificate(folder.read('BobRSASignByCarl.cer')),
    key: await importPrivateKey(folder.read('BobPrivRSAEncrypt.pri'), { dangerAnySize: true }),
  }
  const contentKey = fromHex('737c791f25ead0e04629254352f7dc6291e5cb26917ada32') // RFC 4134 §7.1
  const danger = { oldCiphers: true } as const
  const mail = fromUtf8(folder.read('5.3.eml')).replaceAll('\r', '')
  const messages: Readonly<Record<string, { der: Uint8Array; options: OpenOptions }>> = {
    '5.1 triple DES': { der: folder.read('5.1.bin'), options: { keys: [bob] } },
    '5.2 RC2 with 40 bits': { der: folder.read('5.2.bin'), options: { keys: [bob] } },
    '5.3 in a mail': {
      der: fromBase64(mail.slice(mail.indexOf('\n\n')).replaceAll('\n', '')),
      options: { keys: [bob] },
    },
    '6.0 digested': { der: folder.read('6.0.bin'), options: {} },
    '7.1 encrypted': { der: folder.read('7.1.bin'), options: { contentKey } },
    '7.2 encrypted, with attributes': { der: folder.read('7.2.bin'), options: { contentKey } },
  }
  const accepts = new Map<string, boolean>()
  for (const [name, { der, options }] of Object.entries(messages)) {
    accepts.set(name, await opensTo(der, { ...options, danger }, folder.read('ExContent.bin')))
    if (name.startsWith('6')) continue
    await assert.rejects(open(der, options), (error) => hasCode(error, 'algorithm_weak'), name)
  }
  const cases = [...accepts.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'RFC 4134 sealed examples', judge(cases, {}, accepts))
})

/** Only an algorithm that is not there is no defect of the message. */
async function opensTo(der: Uint8Array, options: OpenOptions, expected: Uint8Array): Promise<boolean> {
  try {
    return equal((await open(der, options, 1_000)).content, expected)
  } catch (error) {
    if (hasCode(error, 'algorithm_unsupported')) return false
    throw error
  }
}
