import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportPrivateKey, importPrivateKey } from '@scel/pki'
import { utf8 } from '@scel/pki/bytes'
import { signBytes, verifyContent } from '@scel/pki/cms'
import { PkiError } from '@scel/pki/errors'
import { type Certificate, makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, NOW } from '@scel/testkit/authority'
import { inParts } from '@scel/testkit/scenes'
import { trustIn } from '../trust/index.ts'
import { reasonOf, signedFileFacts, stampFileFacts, verdictFacts } from './index.ts'

const root = await certify({ name: 'CN=Root', extensions: authorityExtensions() })
const ana = await certify({
  ...{ name: 'CN=Ana', issuer: root },
  extensions: [
    makeExtension('keyUsage', ['digitalSignature']),
    makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'ana@example.org' }]),
  ],
})

async function judged(anchors: readonly Certificate[], content = 'a bid') {
  const key = await importPrivateKey(await exportPrivateKey(ana.keys.privateKey))
  const signed = await signBytes(utf8('a bid'), { signers: [{ certificate: ana.certificate, key }], at: NOW })
  const file = Buffer.from(Buffer.from(signed).toString('latin1').replace('a bid', content), 'latin1')
  const verified = await verifyContent(inParts(file), { anchors, at: NOW, revocation: 'not-asked' })
  return signedFileFacts(verified, await trustIn(anchors.map((anchor) => ({ anchor, desks: ['desk'] }))))
}

test('a verdict is good, not asked, or bad with the code and the facts of why', () => {
  assert.deepEqual(verdictFacts({ ok: true }), { is: 'good' })
  assert.deepEqual(verdictFacts('not-asked'), { is: 'not-asked' })
  const error = new PkiError('recipient_missing', {})
  assert.deepEqual(verdictFacts({ ok: false, error }), { is: 'bad', why: { code: 'recipient_missing', facts: {} } })
  assert.throws(() => reasonOf(new TypeError('a defect')), TypeError)
})

test('what a signed file is worth is data, which threads and machines hand on as it is', async () => {
  const facts = await judged([root.certificate])
  assert.equal(facts.valid, true)
  const [signature] = facts.signatures
  assert.deepEqual([signature?.signer?.name, signature?.signer?.emails], ['Ana', ['ana@example.org']])
  assert.deepEqual([signature?.integrity, signature?.revocation], [{ is: 'good' }, { is: 'not-asked' }])
  assert.deepEqual(
    signature?.chain.steps.map(({ name, anchor, fault }) => [name, anchor, fault]),
    [
      ['Root', true, false],
      ['Ana', false, false],
    ],
  )
  assert.deepEqual(signature?.chain.vouchedBy, ['desk'])
  assert.deepEqual(JSON.parse(JSON.stringify(facts)), structuredClone(facts))
})

test('a chain that ends without an anchor names the issuer that is missing, and one altered letter is told', async () => {
  const [signature] = (await judged([])).signatures
  assert.deepEqual([signature?.chain.verdict.is, signature?.chain.missing], ['bad', 'CN=Root'])
  assert.deepEqual(signature?.chain.vouchedBy, [])
  const altered = await judged([root.certificate], 'A bid')
  assert.equal(altered.valid, false)
  assert.deepEqual(altered.signatures[0]?.integrity, { is: 'bad', why: { code: 'content_altered', facts: {} } })
})

test('a signature that is no time stamp is none, for whatever file', async () => {
  const key = await importPrivateKey(await exportPrivateKey(ana.keys.privateKey))
  const signed = await signBytes(utf8('a bid'), { signers: [{ certificate: ana.certificate, key }], at: NOW })
  const { verdict, stamp } = await stampFileFacts(signed, inParts(utf8('a bid')), {
    ...{ ...(await trustIn([{ anchor: root.certificate, desks: [] }])), at: NOW, revocation: 'not-asked' },
  })
  assert.deepEqual([verdict.is, stamp], ['bad', undefined])
})
