import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair, keyElsewhere, sign } from '@scel/pki/crypto'
import { buildTbsCertificate, parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import {
  approve,
  coreOn,
  DAY,
  kit,
  machine,
  openRulesDesk,
  refused,
  signedInAgain,
  submit,
} from '../../../test/rules-desk.ts'
import { rulesScene } from '../../../test/rules-scene.ts'
import type { Authority } from '../authorities/authority.ts'
import { buildAuthorityContent } from '../authorities/content.ts'
import { sha256 } from '../hash.ts'
import { personOwner } from '../owner.ts'
import { scopeFor } from '../rights/rights.ts'
import type { Work } from '../work.ts'
import { later, MINUTE, nowOf, realWorld } from '../world.ts'
import { addressesAt } from './addresses.ts'
import type { Intent } from './intent.ts'
import { issuerOf } from './issuer.ts'
import { lint, signLinted } from './linted.ts'
import type { Signer } from './signer.port.ts'

test('a crash between decision and signature: the next start signs the very bytes that were stored', async (t) => {
  const { core, work, signers, restart, admin, inHand } = await rulesScene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, inHand)
  signers.break(true)
  await approve(core, admin, request.number)

  const half = await core.requests.detail(admin, request.number)
  assert.deepEqual([half.state, half.certificate], ['approved', undefined], 'decided, and nothing claimed to be issued')
  const early = core.enrolment.fetchOwn(await pc.actor(core), 'production', request.number)
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
  const row = await work.read((stores) =>
    stores.certificates.find(scopeFor(admin, 'read_certificates'), whole.certificate!.id),
  )
  assert.deepEqual(parseCertificate(row!.der).signedBytes, intent!.tbs)
})

test('a key that comes back while the desk runs: the job signs what was decided a minute ago, and nothing younger', async (t) => {
  const { core, signers, later, admin, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  await approve(core, admin, request.number)
  await core.completeOpen() // younger than a minute: whoever decided may still be about to sign
  later(MINUTE)
  await core.completeOpen()
  later(1)
  await assert.rejects(core.completeOpen(), AggregateError)
  signers.break(false)
  await core.completeOpen()
  const { steps } = await core.requests.detail(admin, request.number)
  assert.equal(steps.at(-1)?.kind, 'issued')
})

test('F2: what was decided while the clock was ahead is signed by the job once it is right, and needs no restart', async (t) => {
  const { core, signers, clockOff, signed, post } = await rulesScene(t)
  clockOff(20 * DAY)
  const admin = await signedInAgain(core, signed)
  const { request } = await submit(core, await machine(), await kit(core, admin, post.id))
  signers.break(true)
  await approve(core, admin, request.number)
  clockOff(-20 * DAY)
  await assert.rejects(core.completeOpen(), AggregateError)
  signers.break(false)
  await core.completeOpen()
  const { steps } = await core.requests.detail(signed.actor, request.number)
  assert.equal(steps.at(-1)?.kind, 'issued')
})

test('an intent of an authority is completed at start and by nothing else (H3): not by the clock, not for a caller', async (t) => {
  const { core, work, signers, later: pass, restart } = await openRulesDesk(t)
  const all = () => work.read((stores) => stores.authorities.all())
  const before = await all()
  const intent = await authorityIntent(
    before,
    'another-key',
    await signers.generate('another-key', 'ec-p256', 'authority'),
  )
  await work.transaction((stores) => stores.intents.insert(intent))
  pass(10 * MINUTE)
  await core.completeOpen()
  assert.deepEqual(await all(), before)
  await restart()
  assert.equal((await all()).length, before.length + 1, 'a start is a ceremony')
})

test('a root signs no authority whose key the desk does not hold (F12), whatever an intent says', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const before = await work.read((stores) => stores.authorities.all())
  const { publicKey } = await generateKeyPair('ec-p256')
  const machines = before.find((one) => one.keyId === 'production-machines')!
  for (const spki of [publicKey, issuerOf(machines).spki]) {
    const intent = await authorityIntent(before, 'production-people', spki)
    await work.transaction((stores) => stores.intents.insert(intent))
    const { failed } = await core.start()
    assert.deepEqual(
      failed.map(({ cause }) => (cause as { code?: string }).code),
      ['authority_unavailable'],
    )
    await work.transaction((stores) => stores.intents.close(intent.id))
  }
  assert.deepEqual(await work.read((stores) => stores.authorities.all()), before)
})

test('an intent that was completed and is put back makes nothing twice', async (t) => {
  const { core, work, signers, admin, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  await approve(core, admin, request.number)
  const [intent] = await work.read((stores) => stores.intents.open())
  signers.break(false)
  await core.start()
  const issued = await core.certificates.list(admin, { profile: 'workstation' })
  await work.transaction((stores) => stores.intents.insert(intent!))
  assert.deepEqual(await core.start(), { completed: 1, failed: [] })
  assert.deepEqual(await core.certificates.list(admin, { profile: 'workstation' }), issued)
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
})

test('an authority’s intent that is put back makes nothing twice, and none takes a key that an authority has', async (t) => {
  const { core, work, signers } = await openRulesDesk(t)
  const all = () => work.read((stores) => stores.authorities.all())
  const intent = await authorityIntent(
    await all(),
    'another-key',
    await signers.generate('another-key', 'ec-p256', 'authority'),
  )
  const put = (one: Intent) => work.transaction((stores) => stores.intents.insert(one))
  await put(intent)
  assert.deepEqual(await core.start(), { completed: 1, failed: [] })
  const made = await all()
  await put(intent)
  assert.deepEqual(await core.start(), { completed: 1, failed: [] })
  assert.deepEqual(await all(), made)
  // Another desk began on the database that was empty for both, with keys under the same names.
  await put({ ...intent, certificate: 'a third one' })
  const { failed } = await core.start()
  assert.deepEqual(
    failed.map(({ cause }) => (cause as { code?: string }).code),
    ['keys_of_another_desk'],
  )
  assert.deepEqual(await all(), made)
})

test('an authority’s intent for a key that is somebody’s makes none, and is told at every start', async (t) => {
  const { core, work, signers } = await openRulesDesk(t)
  const all = () => work.read((stores) => stores.authorities.all())
  const before = await all()
  const spki = await signers.generate('another-key', 'ec-p256', 'authority')
  const intent = await authorityIntent(before, 'another-key', spki)
  const holder = { owner: personOwner('somebody') }
  await work.transaction(async ({ intents, keys }) => {
    await intents.insert(intent)
    await keys.hold({ environment: 'production', key: await sha256(spki), holder }, intent.createdAt)
  })
  for (const _ of ['first', 'second']) {
    const { failed } = await core.start()
    assert.deepEqual(
      failed.map(({ cause }) => (cause as { code?: string }).code),
      ['csr_key_in_use'],
    )
  }
  assert.deepEqual(await all(), before)
})

test('what nobody decided makes no certificate, though a proof of its content is there', async (t) => {
  const { core, work, signers, admin, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  await approve(core, admin, request.number)
  signers.break(false)
  // The intent is there when recovery looks, and gone without a certificate when it stores.
  const undecided: Work = {
    read: (run) => work.read(run),
    transaction: (run) =>
      work.transaction((stores) => run({ ...stores, intents: { ...stores.intents, close: async () => false } })),
  }
  const { failed } = await coreOn(undecided, signers).start()
  assert.match(String(failed[0]?.cause), /names what does not exist/)
  assert.deepEqual((await core.certificates.list(admin, { profile: 'workstation' })).items, [])
})

test('recovery runs twice and makes one certificate', async (t) => {
  const { core, signers, admin, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  await approve(core, admin, request.number)
  signers.break(false)
  const both = await Promise.all([core.start(), core.start()])
  assert.deepEqual(
    both.flatMap((one) => one.failed),
    [],
  )
  assert.equal((await core.certificates.list(admin, { profile: 'workstation' })).items.length, 1)
})

test('a key that is away at the start leaves the intent open and the desk running', async (t) => {
  const { core, work, signers, restart, admin, inHand } = await rulesScene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  await approve(core, admin, request.number)
  const next = await restart()
  assert.equal((await work.read((stores) => stores.intents.open())).length, 1)
  signers.break(false)
  assert.deepEqual(await next.start(), { completed: 1, failed: [] })
})

test('what was not linted is not signed, and what was linted is signed once, as it was', async () => {
  const signed: Uint8Array[] = []
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const key = keyElsewhere(publicKey, {
    sign: async (tbs) => {
      signed.push(tbs)
      return sign(privateKey, tbs)
    },
  })
  const signer: Signer = { keyId: 'a', key, close: () => {} }
  await assert.rejects(signLinted({} as never, signer), /not linted/)
  const tbs = await goodTbs()
  const proof = lint(tbs)
  const before = tbs.slice()
  tbs[20]! ^= 0xff // what the caller does to their array afterwards does not reach the signer
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

/** An authority for people under production's root that nobody decided. */
async function authorityIntent(all: readonly Authority[], subjectKeyId: string, spki: Uint8Array): Promise<Intent> {
  const root = all.find((one) => one.keyId === 'production-root')!
  const content = { environment: 'production', purpose: 'people', deskName: 'Desk', parent: root, spki } as const
  return {
    id: 'an authority',
    environment: 'production',
    authority: root.id,
    signerKey: 'production-root',
    certificate: 'another one',
    tbs: await buildAuthorityContent(realWorld, addressesAt('http://pki.example.org'), content),
    purpose: { kind: 'authority', purpose: 'people' },
    subjectKeyId,
    createdAt: later(nowOf(realWorld), -5 * MINUTE),
  }
}

async function goodTbs(): Promise<Uint8Array> {
  const { publicKey: spki } = await generateKeyPair('ec-p256')
  const content = { environment: 'production', purpose: 'root', deskName: 'Desk', spki } as const
  return buildAuthorityContent(realWorld, addressesAt('http://pki.example.org'), content)
}
