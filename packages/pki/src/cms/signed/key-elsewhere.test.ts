import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptApart } from '../../../test/kept-apart.ts'
import { sample } from '../../../test/sample.ts'
import { defaultSignature } from '../../algorithms/index.ts'
import { utf8 } from '../../bytes/index.ts'
import type { Key } from '../../crypto/index.ts'
import { hasCode } from '../../errors/index.ts'
import { readCertificateBag, signBytes, verifyContent } from '../index.ts'

const { person, server, root, issuing, at } = sample
const text = utf8('a text')
const elsewhere = async (signer: typeof person = person): Promise<Key> => (await keptApart(signer.key)).key
const verify = (signed: Uint8Array) =>
  verifyContent(
    (async function* () {
      yield signed
    })(),
    { anchors: [root.certificate], intermediates: [issuing.certificate], at, revocation: 'not-asked' },
  )

test('a key that stays elsewhere signs as one at hand does, and is told with what', async () => {
  const { key, asked } = await keptApart(person.key)
  const signed = await signBytes(text, { signers: [{ certificate: person.certificate, key }], at })
  assert.deepEqual(asked, [`sign ${defaultSignature(person.key.spec).name}`])
  const [signer] = (await verify(signed)).signers
  assert.ok(signer?.integrity.ok)
})

test('a key elsewhere that is not the certificate’s is found before it signs', async () => {
  const { key, asked } = await keptApart(server.key)
  const signers = [{ certificate: person.certificate, key }]
  await assert.rejects(signBytes(text, { signers, at }), (error) => hasCode(error, 'key_mismatch'))
  assert.deepEqual(asked, [])
})

test('a key elsewhere whose signature does not fit is found out before anybody reads it', async () => {
  const faulty: Key = { ...(await elsewhere()), sign: (await elsewhere(server)).sign }
  const signers = [{ certificate: person.certificate, key: faulty }]
  await assert.rejects(signBytes(text, { signers, at }), (error) => hasCode(error, 'key_mismatch'))
})

test('a time stamp that is no element at all is not carried', async () => {
  const stamp = async (): Promise<Uint8Array> => utf8('sorry')
  await assert.rejects(signBytes(text, { signers: [person], at, stamp }), (error) => hasCode(error, 'der_malformed'))
})

test('signers’ certificates stay out when their readers have them', async () => {
  const options = { signers: [person], at, certificates: [issuing.certificate] }
  const carried = async (more: { withoutSigners?: true }): Promise<number> =>
    readCertificateBag(await signBytes(text, { ...options, ...more })).certificates.length
  assert.equal(await carried({}), 2)
  assert.equal(await carried({ withoutSigners: true }), 1)
})
