import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { applicantSignedBytes, formatApplicantHeader } from '@scel/contract/applicant'
import { refuse } from '@scel/contract/errors'
import { utf8 } from '@scel/pki/bytes'
import { generateKeyPair, sign } from '@scel/pki/crypto'
import { DAY, type Machine, MINUTE, machine, openRulesDesk, refused, submit } from '../../../test/rules-desk.ts'
import { rulesScene } from '../../../test/rules-scene.ts'
import type { ApplicantActor } from '../actor.ts'
import { actOnceIn } from './applicant-proof.ts'

/** An act that ends so, and what became of its nonce. */
async function after(end: () => Promise<string>, spent = false) {
  const log: string[] = []
  const stores = {
    nonces: {
      isSpent: async () => spent,
      spend: async () => {
        log.push('spent')
        return !spent
      },
    },
  }
  const run = (act: (given: typeof stores) => unknown) => act(stores)
  const spending = { work: { read: run, transaction: run }, nonces: { check: async () => 'end' } }
  const outcome = await actOnceIn(
    spending as unknown as Parameters<typeof actOnceIn>[0],
    { nonce: 'n' } as ApplicantActor,
    async (unit) => {
      log.push('ran')
      return unit(end)
    },
    async (_stores, code) => void log.push(`refused ${code}`),
  ).catch((error: { code?: string; message: string }) => error.code ?? error.message)
  return [outcome, ...log]
}

test('a call that was done or refused has spent its nonce; after a fault it may be sent again', async () => {
  assert.deepEqual(await after(async () => 'done'), ['done', 'ran', 'spent'])
  assert.deepEqual(await after(async () => refuse('reason_required', {})), [
    'reason_required',
    'ran',
    'spent', // in the unit that was undone
    'spent',
    'refused reason_required',
  ])
  const fault = async () => Promise.reject(new Error('the disk is full'))
  assert.deepEqual(await after(fault), ['the disk is full', 'ran', 'spent'])
})

test('a call that was sent before is refused before anything of it happens, and nothing of it is counted', async () => {
  assert.deepEqual(await after(async () => 'done', true), ['applicant_nonce_spent'])
  const meanwhile = async () => refuse('applicant_nonce_spent', {})
  assert.deepEqual(await after(meanwhile), ['applicant_nonce_spent', 'ran', 'spent'])
})

/** A machine that has asked for something. */
async function applicant(t: TestContext) {
  const scene = await rulesScene(t)
  const pc = await machine()
  await submit(scene.core, pc, scene.inHand)
  return { ...scene, pc }
}

const CALL = { method: 'POST', path: '/api/enrolment/requests/1/cancel', request: 1, body: utf8('{}') }

async function signedHeader(
  desk: string,
  nonce: string,
  call: typeof CALL = CALL,
  key: Machine['key'] | undefined = undefined,
): Promise<string> {
  const pair = key ?? (await generateKeyPair('ec-p256'))
  const signature = await sign(pair.privateKey, await applicantSignedBytes({ ...call, desk, nonce }))
  return formatApplicantHeader({ key: pair.publicKey, nonce, signature })
}

test('a signature fits one call: neither another path, body, request, method nor desk', async (t) => {
  const { core } = await applicant(t)
  const { nonce, desk } = await core.proofs.newNonce()
  const header = await signedHeader(desk, nonce)
  const check = (call: typeof CALL) => core.proofs.check(call, header, '')
  await check(CALL)
  const no = refused('applicant_signature_invalid')
  await assert.rejects(check({ ...CALL, path: '/api/enrolment/requests/2/cancel' }), no)
  await assert.rejects(check({ ...CALL, request: 2 }), no)
  await assert.rejects(check({ ...CALL, method: 'GET' }), no)
  await assert.rejects(check({ ...CALL, body: utf8('{} ') }), no)
  await assert.rejects(core.proofs.check(CALL, await signedHeader('another-desk', nonce), ''), no)
})

test('a call without header, with garbage, or with a key that is not P-256 has its own code each', async (t) => {
  const { core } = await applicant(t)
  const check = (header: string | undefined) => core.proofs.check(CALL, header, '')
  await assert.rejects(check(undefined), refused('applicant_signature_missing'))
  await assert.rejects(check('Bearer x'), refused('applicant_signature_invalid'))
  const { nonce, desk } = await core.proofs.newNonce()
  const p384 = await generateKeyPair('ec-p384')
  await assert.rejects(check(await signedHeader(desk, nonce, CALL, p384)), refused('applicant_key_refused'))
})

test('a nonce is ours, young, and good for one act, refused acts included', async (t) => {
  const { core, pc, later } = await applicant(t)
  const { nonce, desk } = await core.proofs.newNonce()
  const forged = `${nonce.slice(0, -2)}${nonce.endsWith('AA') ? 'BB' : 'AA'}`
  const no = refused('applicant_nonce_unknown')
  await assert.rejects(core.proofs.check(CALL, await signedHeader(desk, forged), ''), no)
  const actor = await pc.actor(core)
  await assert.rejects(core.enrolment.getOwn(actor, 'production', 99), refused('applicant_not_owner'))
  await assert.rejects(core.enrolment.listOwn(actor, 'production'), refused('applicant_nonce_spent'))
  later(11 * MINUTE)
  await assert.rejects(core.proofs.check(CALL, await signedHeader(desk, nonce), ''), no)
})

test('a nonce is good after a restart, and a spent one stays spent', async (t) => {
  const { core, pc, restart } = await applicant(t)
  const unspent = await pc.actor(core)
  const spent = await pc.actor(core)
  await core.enrolment.listOwn(spent, 'production')
  const next = await restart()
  assert.equal(await next.deskId(), await core.deskId())
  await assert.rejects(next.enrolment.listOwn(spent, 'production'), refused('applicant_nonce_spent'))
  await next.enrolment.listOwn(unspent, 'production')
})

test('F2: a nonce that was given while the clock was ahead is good for nothing once it is right', async (t) => {
  const { core, pc, clockOff } = await applicant(t)
  clockOff(20 * DAY)
  const ahead = await pc.actor(core)
  clockOff(-20 * DAY)
  await assert.rejects(core.enrolment.listOwn(ahead, 'production'), refused('applicant_nonce_unknown'))
  assert.equal((await core.enrolment.listOwn(await pc.actor(core), 'production')).items.length, 1)
})

test('F2: a call that was sent is not taken again after a clock was ahead for half an hour, by which something was purged', async (t) => {
  const { core, pc, clockOff } = await applicant(t)
  const actor = await pc.actor(core)
  await core.enrolment.listOwn(actor, 'production')
  clockOff(30 * MINUTE)
  await core.purge()
  clockOff(-30 * MINUTE)
  await assert.rejects(core.enrolment.listOwn(actor, 'production'), refused('applicant_nonce_spent'))
})

test('a key that is no point of its curve is refused as a key', async (t) => {
  const { core } = await openRulesDesk(t)
  const key = (await machine()).key.publicKey.slice()
  key[key.length - 1]! ^= 1
  const { nonce } = await core.proofs.newNonce()
  const header = formatApplicantHeader({ key, nonce, signature: new Uint8Array(64).fill(1) })
  const call = { method: 'POST', path: '/api/enrolment/requests', body: new Uint8Array(0) }
  await assert.rejects(core.proofs.check(call, header, '192.0.2.9'), refused('applicant_key_refused'))
})
