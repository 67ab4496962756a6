import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  approve,
  firstAdministrator,
  invited,
  kit,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submission,
  submit,
} from '../../../test/rules-desk.ts'
import { ask } from '../../store/testing/ask.ts'
import { openSample } from '../../store/testing/sample-work.ts'

const from = { from: '192.0.2.7' } as const
const named = (letter: string) => ({ commonName: `ws-${letter.repeat(26)}`, hostName: letter })

eachRulesDatabase('attack 18, G1: a service that is closed while rows are away', ({ prepared, engine }) => {
  test('has no kits and no managers when they are back: nothing is made for it, seen or revoked', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const { core } = await rulesDeskOn(work)
    const sql = async (text: string) => {
      if (engine === 'sqlite') await ask(database, 'PRAGMA foreign_keys = OFF')
      await ask(database, text)
    }
    const ada = (await firstAdministrator(core)).actor
    const post = await organisation(core, ada)
    const mail = await core.services.make(ada, post.id, 'Mail')
    const standing = await kit(core, ada, post.id, { service: mail.id, standingApproval: true })
    const max = await invited(core, ada, 'manager', { organisation: post.id, service: mail.id, email: 'max@e.example' })
    const { request } = await submit(core, await machine(), standing, named('b'))
    const waiting = await kit(core, ada, post.id, { service: mail.id })
    const asked = (await submit(core, await machine(), waiting, named('d'))).request.number
    assert.equal(request.state, 'approved')

    await sql(`UPDATE kit SET service = NULL WHERE service = '${mail.id}'`)
    await sql(`CREATE TABLE hidden AS SELECT * FROM person_grant WHERE person = '${max.actor.id}'`)
    await sql(`DELETE FROM person_grant WHERE person = '${max.actor.id}'`)
    await core.services.close(ada, post.id, mail.id)
    for (const { id } of [standing, waiting]) await sql(`UPDATE kit SET service = '${mail.id}' WHERE id = '${id}'`)
    await sql('INSERT INTO person_grant SELECT * FROM hidden')

    for (const one of [standing, waiting]) {
      await assert.rejects(submit(core, await machine(), one, named('c')), refused('kit_withdrawn'))
      const shown = await core.kits.get(ada, one.id)
      assert.equal(shown.state, 'withdrawn')
      assert.ok((await core.kits.list(ada, {})).items.every(({ state }) => state === 'withdrawn'))
    }
    await assert.rejects(approve(core, ada, asked), refused('service_closed'))
    await assert.rejects(core.certificates.revoke(max.actor, 'any', 'superseded'), refused('rights_changed'))
    const now = await core.sessions.find(max.token, from)
    assert.deepEqual(now.grants, [])
    assert.deepEqual(
      [(await core.sessions.me(now)).person.grants, (await core.sessions.standing(now))?.grants],
      [[], []],
    )
    const { items: own } = await core.certificates.list(now, {})
    assert.deepEqual(
      own.map(({ id }) => id),
      [max.actor.credential],
    )
    assert.deepEqual((await core.people.list(ada, {})).items.find(({ id }) => id === max.actor.id)?.grants, [])
  })

  test('is closed in the very unit too: a submission that looked at the kit before makes nothing', async (t) => {
    const work = await openSample(await prepared())
    t.after(() => work.close())
    let closing: (() => Promise<void>) | undefined
    const between: typeof work = {
      ...work,
      transaction: async (run, order) => {
        const first = closing
        closing = undefined
        await first?.()
        return work.transaction(run, order)
      },
    }
    const { core } = await rulesDeskOn(between)
    const ada = (await firstAdministrator(core)).actor
    const post = await organisation(core, ada)
    const mail = await core.services.make(ada, post.id, 'Mail')
    const standing = await kit(core, ada, post.id, { service: mail.id, standingApproval: true })
    const pc = await machine()
    const actor = await pc.actor(core)

    const input = await submission(pc, standing, named('b'))
    closing = () =>
      work.transaction((stores) =>
        stores.services.close({ environment: 'production' }, mail.id, '2026-06-01T00:00:00.000Z'),
      )
    await assert.rejects(core.enrolment.submit(actor, input), refused('kit_withdrawn'))
    assert.deepEqual((await core.certificates.list(ada, { profile: 'workstation' })).items, [])
  })
})
