import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerLink,
  csrOf,
  firstAdministrator,
  invited,
  refused,
  rulesDeskOn,
} from '../../../../test/rules-desk.ts'
import type { Database } from '../../../store/index.ts'
import { ask } from '../../../store/testing/ask.ts'
import { openSample } from '../../../store/testing/sample-work.ts'

const caller = { from: '192.0.2.9', agent: 'x' }

eachRulesDatabase('the row of a link, put back as it was while the link opened (att25 H1)', ({ prepared, engine }) => {
  async function scene() {
    const database = await prepared()
    const told: string[] = []
    const work = await openSample(database, ({ table, id }) => told.push(`${table} ${id}`))
    if (engine === 'sqlite') await ask(database, 'PRAGMA foreign_keys = OFF')
    const { core } = await rulesDeskOn(work)
    const admin = await firstAdministrator(core)
    const auditor = (name: string) =>
      core.people.invite(admin.actor, { name, email: `${name}@desk.example`, role: 'auditor' })
    const accept = async (token: string) =>
      core.invitations.accept({ token, csr: await csrOf(await generateKeyPair('ec-p256'), []), ...caller })
    return { database, told, work, core, admin, auditor, accept }
  }
  const kept = async (database: Database, person: string): Promise<() => Promise<void>> => {
    await ask(database, `CREATE TABLE kept AS SELECT * FROM invitation WHERE person = '${person}'`)
    return async () => {
      await ask(database, `DELETE FROM invitation WHERE person = '${person}'`)
      await ask(database, 'INSERT INTO invitation SELECT * FROM kept')
    }
  }

  test('after it was spent: whoever made it comes in as nobody, and what its holder signs in with stays', async () => {
    const { database, told, work, core, admin, accept } = await scene()
    const bea = await invited(core, admin.actor, 'administrator', { email: 'bea@desk.example' })
    const cid = await core.people.invite(admin.actor, { name: 'Cid', email: 'cid@desk.example', role: 'administrator' })
    await answerLink(core, bea.actor, cid.person.id)
    const putBack = await kept(database, cid.person.id)
    const { actor } = await acceptInvitation(core, cid.token)
    await putBack()
    await assert.rejects(accept(cid.token), refused('invitation_unknown'))
    assert.ok(told.some((one) => one.startsWith('invitation ')))
    assert.equal((await core.sessions.standing(actor))?.id, actor.id)
    await work.close()
  })

  test('after another one took its place, or it was taken back with its person, or refused', async () => {
    const { database, work, core, admin, auditor, accept } = await scene()
    const otto = await auditor('otto')
    const putBack = await kept(database, otto.person.id)
    const renewed = await core.people.renewInvitation(admin.actor, otto.person.id)
    await putBack()
    const shown = (await core.people.list(admin.actor, { search: 'otto' })).items[0]
    assert.deepEqual([shown?.name, shown?.invitation], ['otto', undefined])
    await assert.rejects(accept(otto.token), refused('invitation_unknown'))
    await assert.rejects(accept(renewed.token), refused('invitation_unknown'), 'its row is gone')
    const again = await core.people.renewInvitation(admin.actor, otto.person.id)
    assert.equal((await core.invitations.inspect(again.token)).name, 'otto')
    await ask(database, 'DROP TABLE kept')
    const bea = await invited(core, admin.actor, 'administrator', { email: 'bea@desk.example' })
    const zoe = await core.people.invite(admin.actor, { name: 'Zoé', email: 'zoe@desk.example', role: 'administrator' })
    const back = await kept(database, zoe.person.id)
    await answerLink(core, bea.actor, zoe.person.id, 'refuse')
    await back()
    await assert.rejects(answerLink(core, bea.actor, zoe.person.id), refused('confirmation_not_wanted'))
    await work.close()
  })

  test('after what it was made with was in wrong hands, also where the row was away then', async () => {
    const { database, work, core, admin, auditor, accept } = await scene()
    const bea = await invited(core, admin.actor, 'administrator', { email: 'bea@desk.example' })
    const [one, other] = [await auditor('one'), await auditor('other')]
    await ask(database, `CREATE TABLE kept AS SELECT * FROM invitation WHERE spent_at IS NULL`)
    await ask(database, `DELETE FROM invitation WHERE person = '${other.person.id}'`)
    await core.credentials.end(bea.actor, admin.actor.credential, true)
    await ask(database, 'INSERT INTO invitation SELECT * FROM kept')
    for (const { token } of [one, other]) await assert.rejects(accept(token), refused('invitation_unknown'))
    await work.close()
  })

  test('a link of one’s own for another computer is no exception', async () => {
    const { database, work, core, admin, accept } = await scene()
    const { token } = await core.credentials.addDevice(admin.actor, 'Laptop')
    const putBack = await kept(database, admin.actor.id)
    await acceptInvitation(core, token)
    await putBack()
    await assert.rejects(accept(token), refused('invitation_unknown'))
    await work.close()
  })
})
