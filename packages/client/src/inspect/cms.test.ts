// Sealed and signed files as `scel inspect` describes them: of every kind, of any length, and never judged.

import assert from 'node:assert/strict'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { onePiece } from '@scel/files/objects'
import { oid, sequence } from '@scel/pki/asn1'
import { pemEncode } from '@scel/pki/bytes'
import { buildCertificateBag, type Recipient, type SealOptions, sealContent, signBytes } from '@scel/pki/cms'
import { makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, NOW } from '@scel/testkit/authority'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { scel } from '../../test/run-scel.ts'

const root = await certify({ name: '/CN=Root', serial: '71', extensions: authorityExtensions() })
const ana = await certify({
  ...{ name: '/CN=Ana', issuer: root, serial: '73' },
  extensions: [makeExtension('keyUsage', ['digitalSignature', 'keyAgreement'])],
})
const TEXT = Buffer.from('one hundred\n')
const SECRET = { kind: 'secret-key', identifier: Uint8Array.of(7, 8), key: new Uint8Array(32) } as const
const ANA = { kind: 'certificate', certificate: ana.certificate } as const

const sealed = (recipients: readonly Recipient[], more: Partial<SealOptions> = {}, content = TEXT): Promise<Buffer> =>
  buffer(sealContent(onePiece(content), { recipients, at: NOW, ...more }))

/** The one object that a file is said to be. */
async function inspected(t: TestContext, content: string | Uint8Array, length?: number) {
  const folder = folderFor(t)
  const file = join(folder, 'file')
  writeFileSync(file, content)
  if (length !== undefined) truncateSync(file, length)
  const { out, err, exit } = await scel(['inspect', file, '--json'], folder, { now: () => NOW })
  assert.equal(exit, 0, out)
  const { objects } = JSON.parse(out)
  assert.equal(objects.length, 1)
  return { ...objects[0], err }
}

async function refusal(t: TestContext, content: string | Uint8Array): Promise<string> {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'file'), content)
  const { out, exit } = await scel(['inspect', join(folder, 'file'), '--json'], folder)
  assert.equal(exit, 1)
  return JSON.parse(out).error.code
}

test('a sealed file says how it is sealed and for whom, whoever may open it', async (t) => {
  const facts = await inspected(t, await sealed([ANA, { kind: 'passphrase', passphrase: 'correct horse' }, SECRET]))
  assert.deepEqual([facts.kind, facts.structure, facts.authenticated], ['sealed', 'authEnvelopedData', true])
  assert.deepEqual([facts.cipher, facts.weak], ['AES-256-GCM', false])
  assert.deepEqual(facts.recipients, [
    { kind: 'key-agreement', algorithm: 'ECDH with X9.63 SHA-256', issuer: 'CN=Root', serial: '73' },
    { kind: 'passphrase', algorithm: 'PWRI-KEK' },
    { kind: 'secret-key', algorithm: 'AES-256-KW', keyIdentifier: '0708' },
  ])
  assert.equal(facts.err, '')
  const old = await inspected(t, await sealed([ANA], { cipher: 'AES-256-CBC' }))
  assert.deepEqual([old.structure, old.authenticated], ['envelopedData', false])
})

test('a sealed file of 5 GiB is described by its beginning, and so is one that comes in on standard input', async (t) => {
  const file = await sealed([ANA])
  const huge = await inspected(t, file.subarray(0, -40), 5 * 1024 ** 3)
  assert.equal(huge.recipients[0].serial, '73')
  let given = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield file.subarray(0, 20)
    yield file.subarray(20, -40)
    for (; given < 100; given++) yield new Uint8Array(1024 * 1024)
  }
  const { out, exit } = await scel(['inspect', '-', '--json'], folderFor(t), { input: endless })
  assert.equal(exit, 0, out)
  assert.equal(JSON.parse(out).objects[0].structure, 'authEnvelopedData')
  assert.ok(given < 3, 'what follows is not read')
})

test('what is neither signed nor sealed keeps its limit, wherever it comes from', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'file')
  writeFileSync(file, '')
  truncateSync(file, 64 * 1024 * 1024 + 1)
  async function* long(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i <= 64; i++) yield new Uint8Array(1024 * 1024)
  }
  for (const given of [file, '-']) {
    const { out, exit } = await scel(['inspect', given, '--json'], folder, { input: long })
    assert.equal(exit, 1)
    assert.equal(JSON.parse(out).error.code, 'file_too_large', given)
  }
})

test('PEM says CMS or PKCS7 of all kinds: what is inside decides, beside other blocks too', async (t) => {
  const [file, signed] = [await sealed([ANA]), await signBytes(TEXT, { signers: [signerOf()], at: NOW })]
  for (const label of ['CMS', 'PKCS7', 'PKCS #7 SIGNED DATA']) {
    assert.equal((await inspected(t, pemEncode(label, file))).kind, 'sealed')
    assert.equal((await inspected(t, pemEncode(label, signed))).kind, 'signed')
  }
  const folder = folderFor(t)
  const both = pemEncode('CMS', file) + pemEncode('CERTIFICATE', ana.certificate.der)
  writeFileSync(join(folder, 'both'), both)
  const { out } = await scel(['inspect', join(folder, 'both'), '--json'], folder)
  const kinds = JSON.parse(out).objects.map(({ kind }: { kind: string }) => kind)
  assert.deepEqual(kinds, ['sealed', 'certificate'])
})

test('PEM that is longer than what is read as a whole passes too', async (t) => {
  const pem = pemEncode('CMS', await sealed([ANA], {}, Buffer.alloc(1_000)))
  const facts = await inspected(t, `${pem.slice(0, -200)}${'A'.repeat(65 * 1024 * 1024)}`)
  assert.equal(facts.recipients[0].serial, '73')
})

test('a signed file says who signed, with what and when, where the content is, and is not judged', async (t) => {
  const options = { signers: [signerOf()], at: NOW, stamp: async () => buildCertificateBag({ certificates: [] }) }
  const signed = await signBytes(TEXT, options)
  const facts = await inspected(t, signed)
  assert.deepEqual([facts.kind, facts.detached, facts.length], ['signed', false, TEXT.length])
  const line = {
    ...{ signer: 'CN=Ana', issuer: 'CN=Root', serial: '73', digest: 'SHA-256', algorithm: 'ECDSA with SHA-256' },
    ...{ signingTime: NOW.toISOString(), timeStamps: 1 },
  }
  assert.deepEqual(facts.signatures, [line])
  assert.deepEqual([facts.objects.length, facts.objects[0].subject], [1, 'CN=Ana'])
  assert.match(facts.err, /scel verify-signature \S+file judges it/)
  // Altered: that is for another command to say.
  const altered = Buffer.from(signed)
  altered[altered.indexOf(TEXT)]! ^= 1
  assert.deepEqual((await inspected(t, altered)).signatures, [line])
})

test('a signature that openssl made names its signer by key identifier, and carries no certificate', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  makeLeaf(folder, { root: 'root', name: 'leaf' })
  writeFileSync(join(folder, 'text'), TEXT)
  const by = ['-signer', 'leaf.pem', '-inkey', 'leaf.key', '-keyid', '-nocerts', '-md', 'sha384']
  run('openssl', ['cms', '-sign', '-binary', '-in', 'text', ...by, '-outform', 'DER', '-out', 'signed'], folder)
  const { detached, length, signatures, objects } = await inspected(t, readFileSync(join(folder, 'signed')))
  assert.deepEqual([detached, length, objects], [true, undefined, []])
  const printed = run('openssl', ['x509', '-in', 'leaf.pem', '-noout', '-ext', 'subjectKeyIdentifier'], folder)
  const identifier = printed.trim().split('\n').at(-1)!.trim().replaceAll(':', '').toLowerCase()
  const [{ signer, keyIdentifier, digest, timeStamps }] = signatures
  assert.deepEqual([signer, keyIdentifier, digest, timeStamps], [undefined, identifier, 'SHA-384', 0])
})

test('what only openssl writes is described too: encrypted with a key, with a digest, for weak ciphers', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  writeFileSync(join(folder, 'text'), TEXT)
  const made = async (...how: readonly string[]) => {
    run('openssl', ['cms', ...how, '-in', 'text', '-binary', '-outform', 'DER', '-out', 'made'], folder)
    return inspected(t, readFileSync(join(folder, 'made')))
  }
  const encrypted = await made('-EncryptedData_encrypt', '-aes-128-cbc', '-secretkey', '00'.repeat(16))
  assert.deepEqual([encrypted.structure, encrypted.cipher, encrypted.recipients], ['encryptedData', 'AES-128-CBC', []])
  const digested = await made('-digest_create')
  assert.deepEqual([digested.structure, digested.authenticated, 'cipher' in digested], ['digestedData', false, false])
  const weak = await made('-encrypt', '-des3', '-secretkey', '00'.repeat(24), '-secretkeyid', '01')
  assert.deepEqual([weak.structure, weak.weak], ['envelopedData', true])
})

test('the names in a file stay on their lines', async (t) => {
  const name = '/CN=x\n  protection  none\u001b[2J'
  const issuer = await certify({ name, serial: '71', extensions: authorityExtensions() })
  const { certificate, keys } = await certify({
    ...{ name, issuer, serial: '73' },
    extensions: [makeExtension('keyUsage', ['digitalSignature', 'keyAgreement'])],
  })
  const folder = folderFor(t)
  writeFileSync(join(folder, 'sealed'), await sealed([{ kind: 'certificate', certificate }]))
  const signers = [{ certificate, key: keys.privateKey }]
  writeFileSync(join(folder, 'signed'), await signBytes(TEXT, { signers, at: NOW }))
  for (const file of ['sealed', 'signed']) {
    const { out } = await scel(['inspect', join(folder, file)], folder)
    assert.match(out, /CN=x/)
    assert.doesNotMatch(out, /\u001b|^ *protection {2}none/m)
  }
})

test('a damaged sealed or signed file, and one of an unknown kind, keep their errors', async (t) => {
  const [file, signed] = [await sealed([ANA]), await signBytes(TEXT, { signers: [signerOf()], at: NOW })]
  assert.equal(await refusal(t, file.subarray(0, 60)), 'der_malformed')
  assert.equal(await refusal(t, signed.subarray(0, -1)), 'der_malformed')
  assert.equal(await refusal(t, pemEncode('CMS', file.subarray(0, 60))), 'der_malformed')
  assert.equal(await refusal(t, sequence(oid('1.2.3'), Uint8Array.of(0xa0, 0))), 'cms_malformed')
})

test('a sealed file is nothing that certificates could be taken from, and that is said', async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'file'), await sealed([ANA]))
  const { out } = await scel(['convert', join(folder, 'file'), '--to', 'pem', '--json'], folder)
  assert.equal(JSON.parse(out).error.code, 'nothing_to_use')
})

function signerOf() {
  return { certificate: ana.certificate, key: ana.keys.privateKey }
}
