import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '@scel/pki/bytes'
import { buildTbsCertificate, parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import {
  firstAdministrator,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'
import { scopeOf } from '../actor.ts'
import { MINUTE } from '../world.ts'
import { lint, signLinted } from './linted.ts'
import type { Signer } from './signer.port.ts'

test('a crash between decision and signature: the next start signs the very bytes that were stored', async (t) => {
  const { core, work, signers, restart } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const pc = await machine()
  const { request } = await submit(core, pc, await kit(core, admin, post.id))
  signers.break(true)
  await core.requests.approve(admin, request.number)

  const half = await core.requests.detail(admin, request.number)
  assert.deepEqual([half.state, half.certificate], ['approved', undefined], 'decided, and nothing claimed to be issued')
  const early = core.applicants.fetchOwn(await pc.actor(core), request.number)
  await assert.rejects(early, refused('certificate_not_ready', { state: 'approved' }))
  const [intent] = await work.read((stores) => stores.intents.open())

  signers.break(false)
  const next = await restart()
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
  const whole = await next.requests.detail(admin, request.number)
  assert.deepEqual(
    whole.steps.map((step) => step.kind),
    ['submitted', 'approved', 'issued'],
  )
  const row = await work.read((stores) => stores.certificates.find(scopeOf(admin), whole.certificate!.id))
  assert.deepEqual(parseCertificate(row!.der).signedBytes, intent!.tbs)
})

test('a key that comes back while the desk runs: the job signs what was decided a minute ago, and nothing younger', async (t) => {
  const { core, signers, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const { request } = await submit(core, await machine(), await kit(core, admin, post.id))
  signers.break(true)
  await core.requests.approve(admin, request.number)
  await core.completeOpen() // younger than a minute: whoever decided may still be about to sign
  later(2 * MINUTE)
  await assert.rejects(core.completeOpen(), AggregateError)
  signers.break(false)
  await core.completeOpen()
  const { steps } = await core.requests.detail(admin, request.number)
  assert.equal(steps.at(-1)?.kind, 'issued')
})

test('recovery runs twice and makes one certificate', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const { request } = await submit(core, await machine(), await kit(core, admin, post.id))
  signers.break(true)
  await core.requests.approve(admin, request.number)
  signers.break(false)
  const both = await Promise.all([core.start(), core.start()])
  assert.deepEqual(
    both.flatMap((one) => one.failed),
    [],
  )
  assert.equal((await core.certificates.list(admin, { profile: 'workstation' })).items.length, 1)
})

test('a key that is away at the start leaves the intent open and the desk running', async (t) => {
  const { core, work, signers, restart } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const { request } = await submit(core, await machine(), await kit(core, admin, post.id))
  signers.break(true)
  await core.requests.approve(admin, request.number)
  const next = await restart()
  assert.equal((await work.read((stores) => stores.intents.open())).length, 1)
  signers.break(false)
  assert.deepEqual(await next.start(), { completed: 1, failed: [] })
})

test('what was not linted is not signed, and what was linted is signed once, as it was', async () => {
  const signed: Uint8Array[] = []
  const sign = async (tbs: Uint8Array) => {
    signed.push(tbs)
    return utf8('signature')
  }
  const signer = { sign } as unknown as Signer
  await assert.rejects(signLinted({} as never, signer), /not linted/)
  const tbs = await goodTbs()
  const proof = lint(tbs)
  const before = tbs.slice()
  tbs[20]! ^= 0xff // what the caller does to his array afterwards does not reach the signer
  await signLinted(proof, signer)
  assert.deepEqual(signed, [before])
  await assert.rejects(signLinted(proof, signer), /signed before/)
})

test('a certificate that breaks a rule is refused by the rule’s name before any key is touched', async () => {
  const { signature, ...content } = parseTbsCertificate(await goodTbs())
  const short = buildTbsCertificate({
    ...content,
    publicKey: content.publicKey.spki,
    signature: signature.row!,
    serial: Uint8Array.of(1),
  })
  assert.throws(
    () => lint(short),
    (error: { code?: string; facts?: { rules: string } }) =>
      error.code === 'lint_refused' && /serial/.test(error.facts?.rules ?? ''),
  )
})

async function goodTbs(): Promise<Uint8Array> {
  const { generateKeyPair } = await import('@scel/pki/crypto')
  const { buildAuthorityContent } = await import('../authorities/content.ts')
  const { addressesAt } = await import('./addresses.ts')
  const { realWorld } = await import('../world.ts')
  const { publicKey: spki } = await generateKeyPair('ec-p256')
  const content = { environment: 'production', purpose: 'root', deskName: 'Desk', spki } as const
  return buildAuthorityContent(realWorld, addressesAt('http://pki.example.org'), content)
}
