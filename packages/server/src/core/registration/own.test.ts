import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Strength } from '@scel/contract/values'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import { type MailWish, type PersonAsking, personAsking, profilesWithMail } from '../../../test/person-asking.ts'
import {
  approve,
  csrOf,
  firstAdministrator,
  invited,
  kit,
  machine,
  organisation,
  type RulesDesk,
  refused,
  rulesDeskOn,
  type Signed,
  signedInAgain,
  submit,
} from '../../../test/rules-desk.ts'
import type { Database } from '../../store/opening/open-database.ts'
import { ask } from '../../store/testing/ask.ts'
import { unguardCertificates } from '../../store/testing/certificates-behind-the-back.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import type { PersonActor } from '../actor.ts'
import { drawSession, placeSession } from '../people/sessions/new-session.ts'

// Somebody without any grant who asks for themselves: what is their own exists for them, and nothing else does.

interface Scene extends PersonAsking {
  readonly core: RulesDesk['core']
  readonly work: RulesDesk['work']
  readonly signers: RulesDesk['signers']
  readonly admin: Signed
  /** Neither has a grant. */
  readonly nina: PersonActor
  readonly noel: PersonActor
  /** A number of hers that waits, with what she was shown. */
  waits(of: PersonActor): Promise<number>
  /** Id of a certificate for mail, by default with a key of its own. */
  has(of: PersonActor, wish?: MailWish): Promise<string>
  /** A request with the key that she signs in with. */
  readonly csrOfSignIn: string
  /** The same person in a session that says less well who is there. */
  lesser(of: PersonActor, strength: Strength): Promise<PersonActor>
}

const NONE = refused('not_found')
const DESK = { kind: 'desk', name: 'erase-person' } as const

eachRulesDatabase('what is one’s own', ({ prepared }) => {
  const scene = async (run: (scene: Scene, database: Database) => Promise<void>) => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      const desk = await rulesDeskOn(work)
      const admin = await firstAdministrator(desk.core)
      const profiles = profilesWithMail()
      const asking = personAsking(desk, profiles)
      const core = await desk.restart(profiles)
      const newcomer = async (name: string) => {
        const signed = await invited(core, admin.actor, 'auditor', { email: `${name}@newcomers.example` })
        await core.grants.end(admin.actor, signed.actor.id, signed.actor.grants[0]!.id)
        return { actor: await signedInAgain(core, signed), key: signed.key }
      }
      const { actor: nina, key } = await newcomer('nina')
      const { actor: noel } = await newcomer('noel')
      const csrOfSignIn = await csrOf(key, [])
      const waits = async (of: PersonActor) => (await asking.ask(of, { waits: true })).number
      const has = async (of: PersonActor, wish?: MailWish) =>
        (await asking.issuance.complete((await asking.ask(of, wish)).prepared!)).id
      const lesser = async ({ environment, id, credential, from }: PersonActor, atMost: Strength) => {
        const drawn = await drawSession(desk.world, { sessionHours: 8 }, { from, agent: 'test', how: 'link', atMost })
        await work.transaction(async (stores) => {
          const person = await stores.people.find({ environment }, id)
          await placeSession(stores, person!, drawn, (await stores.credentials.find({ environment }, credential))!)
        })
        return core.sessions.find(drawn.token, { from })
      }
      const all = {
        ...asking,
        core,
        work: desk.work,
        signers: desk.signers,
        admin,
        nina,
        noel,
        waits,
        has,
        csrOfSignIn,
        lesser,
      }
      await run(all, database)
    } finally {
      await work.close()
    }
  }

  test('is read and listed by whoever has no grant, and by nobody else without one', () =>
    scene(async ({ core, nina, noel, waits, has }) => {
      assert.deepEqual(nina.grants, [])
      const id = await has(nina)
      const number = await waits(nina)
      const requests = await core.requests.list(nina, {})
      assert.equal(requests.pending, 1)
      assert.ok(requests.items.some((one) => one.number === number))
      const { may } = await core.requests.detail(nina, number)
      assert.deepEqual([may.approve, may.reject, may.withdraw], [false, false, true])
      const listed = (await core.certificates.list(nina, {})).items.map((one) => one.id)
      assert.deepEqual(listed.toSorted(), [id, nina.credential].toSorted())
      assert.deepEqual(
        (await core.certificates.list(nina, { profile: 'mail' })).items.map((one) => one.id),
        [id],
      )
      assert.match(Buffer.from((await core.certificates.file(nina, id, 'pem')).content).toString(), /BEGIN CERTIFICATE/)
      await assert.rejects(core.requests.detail(noel, number), NONE)
      await assert.rejects(core.certificates.detail(noel, id), NONE)
      await assert.rejects(core.certificates.file(noel, id, 'pem'), NONE)
      assert.deepEqual(
        (await core.certificates.list(noel, {})).items.map((one) => one.id),
        [noel.credential],
      )
      assert.equal((await core.requests.list(noel, {})).pending, 0)
    }))

  test('is told of as it happens to whose it is, once, and to nobody else without a grant', () =>
    scene(async ({ core, admin, nina, noel, waits, has }) => {
      const from = await core.live.latest()
      const id = await has(nina)
      const number = await waits(nina)
      const told = async (who: PersonActor) => (await core.live.after(who, from)).events.map(({ event }) => event)
      const hers = await told(nina)
      assert.ok(hers.some((one) => one.kind === 'request' && one.id === `${number}`))
      assert.ok(hers.some((one) => one.kind === 'certificate' && one.id === id))
      assert.deepEqual(await told(noel), [])
      assert.deepEqual(await told(admin.actor), hers)
    }))

  test('is taken back while nobody has decided it, by whoever asked alone', () =>
    scene(async ({ core, admin, nina, noel, waits }) => {
      const number = await waits(nina)
      for (const other of [noel, admin.actor]) await assert.rejects(core.requests.withdraw(other, number), NONE)
      const { state, steps, may } = await core.requests.withdraw(nina, number)
      const { kind, actor } = steps.at(-1)!
      assert.deepEqual([state, kind, actor.name, actor.from], ['cancelled', 'cancelled', nina.name, nina.from])
      assert.equal(may.withdraw, false)
      await assert.rejects(core.requests.withdraw(nina, number), refused('request_state_impossible'))
      const weak = { ...nina, strength: 'low' } as const
      await assert.rejects(core.requests.withdraw(weak, number), refused('strength_needed'))
    }))

  test('says where they called from themselves, and where others did to whoever has a grant', () =>
    scene(async ({ core, admin, nina, has }) => {
      const id = await has(nina)
      const request = (await core.certificates.detail(nina, id)).request!
      await core.certificates.revoke(admin.actor, id, 'superseded')
      const from = async (who: PersonActor) =>
        (await core.requests.detail(who, request)).steps.map(({ kind, actor }) => [kind, actor.from])
      assert.deepEqual(await from(admin.actor), [
        ...[
          ['submitted', nina.from],
          ['approved', undefined],
          ['issued', undefined],
        ],
        ['revoked', admin.actor.from],
      ])
      assert.deepEqual(await from(nina), [
        ...[
          ['submitted', nina.from],
          ['approved', undefined],
          ['issued', undefined],
          ['revoked', undefined],
        ],
      ])
    }))

  test('is revoked by whose it is, with a reason, and by nobody else without a grant', () =>
    scene(async ({ core, nina, noel, has }) => {
      const id = await has(nina)
      await assert.rejects(core.certificates.revoke(noel, id, 'superseded'), NONE)
      assert.equal((await core.certificates.detail(nina, id)).may.revoke, true)
      const { status, revocationReason } = await core.certificates.revoke(nina, id, 'superseded')
      assert.deepEqual([status, revocationReason], ['revoked', 'superseded'])
    }))

  test('is revoked from a session of less than high strength too, what others have and what they sign in with are not', () =>
    scene(async ({ core, admin, nina, noel, has, lesser }, database) => {
      const [hers, his] = [await has(nina), await has(noel)]
      const needs = async (who: PersonActor, id: string) => (await core.certificates.detail(who, id)).may.revokeNeeds
      const { request } = await core.certificates.detail(nina, hers)
      assert.deepEqual(
        [await needs(nina, hers), await needs(admin.actor, hers), await needs(nina, nina.credential)],
        ['substantial', 'high', 'high'],
      )
      assert.equal((await core.requests.detail(nina, request!)).may.revokeNeeds, 'substantial')
      assert.equal((await core.requests.detail(admin.actor, request!)).may.revokeNeeds, 'high')
      const revoke = async (who: PersonActor, id: string, strength: Strength = 'substantial') =>
        core.certificates.revoke(await lesser(who, strength), id, 'superseded')
      await assert.rejects(revoke(admin.actor, hers), refused('strength_needed'))
      await assert.rejects(revoke(nina, nina.credential), refused('strength_needed'))
      await assert.rejects(revoke(nina, his), NONE)
      await assert.rejects(revoke(nina, hers, 'low'), refused('strength_needed'))
      // Whoever writes the database hands somebody else's to an administrator who signed in with less.
      await unguardCertificates(database)
      const given = (id: string, to: PersonActor) =>
        ask(database, `UPDATE certificate SET owner_id = '${to.id}' WHERE id = '${id}'`)
      await given(his, admin.actor)
      await assert.rejects(revoke(admin.actor, his), refused('certificate_row_altered'))
      await given(his, noel)
      assert.equal((await revoke(noel, his)).status, 'revoked')
      assert.equal((await revoke(nina, hers)).status, 'revoked')
    }))

  test('takes what they sign in with along only from a session as strong as that, where both have one key', () =>
    scene(async ({ core, nina, has, csrOfSignIn, lesser }) => {
      const mail = await has(nina, { csr: csrOfSignIn })
      const weak = await lesser(nina, 'substantial')
      await assert.rejects(core.certificates.revoke(weak, mail, 'keyCompromise'), refused('strength_needed'))
      await assert.rejects(core.certificates.revoke(weak, mail, 'superseded'), refused('strength_needed'))
      assert.equal((await core.certificates.detail(weak, mail)).may.revokeNeeds, 'high')
      assert.equal((await core.certificates.detail(nina, nina.credential)).status, 'valid')
      assert.equal((await core.certificates.revoke(nina, mail, 'keyCompromise')).ended.certificates, 2)
    }))

  test('takes what they are about to sign in with along only from such a session', () =>
    scene(async ({ core, signers, nina, has, lesser }) => {
      const csr = await csrOf(await generateKeyPair('ec-p256'), [])
      const mail = await has(nina, { csr })
      const { token } = await core.credentials.addDevice(nina, 'a laptop')
      signers.break(true)
      const opening = core.invitations.accept({ token: token!, csr, from: nina.from, agent: 'test' })
      await assert.rejects(opening, refused('stored_incomplete'))
      signers.break(false)
      const weak = await lesser(nina, 'substantial')
      await assert.rejects(core.certificates.revoke(weak, mail, 'keyCompromise'), refused('strength_needed'))
      assert.equal((await core.certificates.revoke(nina, mail, 'keyCompromise')).ended.undone, 1)
    }))

  test('is that of a request for its very key, whatever a row says: another’s is not ended by a request of theirs', () =>
    scene(async ({ core, nina, noel, has, waits }, database) => {
      const hers = await has(nina)
      const number = await waits(noel)
      await unguardCertificates(database)
      await ask(database, `UPDATE certificate SET owner_id = '${noel.id}', request = ${number} WHERE id = '${hers}'`)
      await assert.rejects(core.certificates.revoke(noel, hers, 'superseded'), refused('certificate_row_altered'))
    }))

  test('stays so after whoever invited them was erased', () =>
    scene(async ({ core, admin, noel }) => {
      const boss = await invited(core, admin.actor, 'administrator', { email: 'boss@newcomers.example' })
      const signed = await invited(core, boss.actor, 'auditor', { email: 'odile@newcomers.example' })
      const odile = await signedInAgain(core, signed)
      await core.people.disable(admin.actor, boss.actor.id)
      assert.ok((await core.erasing.erase(DESK, odile.environment, boss.actor.id)).rows > 0)
      await assert.rejects(core.certificates.revoke(noel, odile.credential, 'superseded'), NONE)
      const { status } = await core.certificates.revoke(odile, odile.credential, 'superseded')
      assert.equal(status, 'revoked')
    }))

  test('is decided by nobody whose it is, whatever grant they get', () =>
    scene(async ({ core, admin, nina, waits }) => {
      const number = await waits(nina)
      const { mark } = await core.requests.detail(nina, number)
      for (const decide of [core.requests.approve(nina, number, mark), core.requests.reject(nina, number, 'no')])
        await assert.rejects(decide, refused('not_allowed'))
      await core.grants.give(admin.actor, nina.id, { role: 'administrator' })
      const { items } = await core.people.list(admin.actor, {})
      const { grants } = items.find(({ id }) => id === nina.id)!
      const current: PersonActor = { ...nina, grants: grants.map(({ id }) => ({ id, role: 'administrator' })) }
      await assert.rejects(core.requests.approve(current, number, mark), refused('own_request'))
      await assert.rejects(core.requests.reject(current, number, 'no'), refused('own_request'))
    }))

  test('is what the desk took in: whoever gives themselves another’s in the database ends nothing of it', () =>
    scene(async ({ core, admin, nina, noel, waits, has }, database) => {
      const id = await has(nina)
      const number = await waits(nina)
      const request = (await core.certificates.detail(nina, id)).request!
      await ask(database, `UPDATE request SET owner_id = '${noel.id}' WHERE number IN (${number}, ${request})`)
      await assert.rejects(core.requests.withdraw(noel, number), refused('request_row_altered'))
      await unguardCertificates(database)
      const given = (id: string, to: PersonActor) =>
        ask(database, `UPDATE certificate SET owner_kind = 'person', owner_id = '${to.id}' WHERE id = '${id}'`)
      await given(id, noel)
      await assert.rejects(core.certificates.revoke(noel, id, 'superseded'), refused('certificate_row_altered'))
      // A manager, who revokes by a grant, does so at their own organisation and nowhere else.
      const [post, bank] = [await organisation(core, admin.actor), await organisation(core, admin.actor, 'BANK')]
      const { request: asked } = await submit(core, await machine(), await kit(core, admin.actor, post.id))
      const { certificate } = await approve(core, admin.actor, asked.number)
      const { actor: manager } = await invited(core, admin.actor, 'manager', { organisation: bank.id })
      await given(certificate!.id, manager)
      const ends = core.certificates.revoke(manager, certificate!.id, 'superseded')
      await assert.rejects(ends, refused('certificate_row_altered'))
    }))
})
