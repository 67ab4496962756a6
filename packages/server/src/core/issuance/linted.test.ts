import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { parseCertificate } from '@scel/pki/x509'
import { derOf, firstAdministrator, openRulesDesk, refused } from '../../../test/rules-desk.ts'
import { lint, signLinted } from './linted.ts'
import type { Signer } from './signer.port.ts'

const signer: Signer = { keyId: 'a', key: (await generateKeyPair('ec-p256')).privateKey, close: () => {} }

test('what was linted is signed once, as it was when it was looked at; nothing else is', async (t) => {
  const { core } = await openRulesDesk(t)
  const { signedBytes: tbs } = parseCertificate(derOf((await firstAdministrator(core)).certificate))
  let proof = lint(tbs)
  for (const given of [new Uint8Array(tbs), Buffer.from(tbs)]) {
    proof = lint(given)
    given.fill(0)
    assert.deepEqual((await signLinted(proof, signer)).tbs, tbs)
  }
  await assert.rejects(signLinted(proof, signer), /not linted, or were signed before/)
  await assert.rejects(signLinted(Object.freeze({}) as typeof proof, signer), /not linted/)
})

test('what breaks a rule is not signed: no proof, and the rules by name', async (t) => {
  const { core } = await openRulesDesk(t)
  const { signedBytes: tbs } = parseCertificate(derOf((await firstAdministrator(core)).certificate))
  const hurt = tbs.slice()
  const at = Buffer.from(hurt).indexOf(Buffer.from('0603551d0f', 'hex')) // keyUsage becomes an unknown one
  hurt[at + 4] = 0x7f
  assert.throws(() => lint(hurt), refused('lint_refused'))
})
