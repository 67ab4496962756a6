import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerKit,
  firstAdministrator,
  invited,
  kit,
  machine,
  organisation,
  rulesDeskOn,
  submit,
} from '../../../test/rules-desk.ts'
import { ask } from '../../store/testing/ask.ts'
import { entriesOf } from './entries.ts'
import { readCheckpoint } from './note.ts'
import { verifyLog } from './verify.ts'

eachRulesDatabase('erasing personal data from the log', ({ opened }) => {
  test('what the log says of somebody is gone everywhere, what others did stays theirs, and older heads still hold', async () => {
    const { database, work } = await opened()
    const { core } = await rulesDeskOn(work)
    const { actor: admin } = await firstAdministrator(core)
    const post = await organisation(core, admin)
    const { actor: leaving } = await invited(core, admin, 'administrator')
    const confirmed = await kit(core, leaving, post.id, { standingApproval: true })
    await answerKit(core, admin, confirmed.id)
    const guest = await core.people.invite(leaving, { name: 'A Guest', email: 'guest@desk.example', role: 'auditor' })
    await acceptInvitation(core, guest.token)
    await submit(core, await machine(), confirmed)
    await core.log.run()
    const head = readCheckpoint((await work.read(({ log }) => log.newestSigned()))!.note!)!
    const logged = async (): Promise<string> => JSON.stringify((await core.audit.list(admin, { size: 200 })).items)
    const before = await logged()
    assert.ok(
      before.split(JSON.stringify(leaving.name)).length > 5,
      'acts, an invitation, a certificate, whom another confirmed',
    )

    const { environment, id } = leaving
    const own = await work.read(({ erasures }) => erasures.thingsOf({ environment }, id))
    assert.deepEqual([...new Set(own.map(({ kind }) => kind))].sort(), ['certificate', 'credential', 'request'])
    const nowhere = { kind: 'certificate', id: 'nowhere' } as const
    const subject = { id, mailboxes: [], things: [...own.filter(({ kind }) => kind !== 'credential'), nowhere] }
    assert.deepEqual(await core.log.erase('test', subject), { lines: 0, unknown: subject.things })
    assert.equal(await logged(), before)
    const { lines, unknown } = await core.log.erase(environment, subject)
    assert.ok(lines >= 4)
    assert.deepEqual(unknown, [nowhere])
    assert.deepEqual(await core.log.erase(environment, subject), { lines: 0, unknown: [nowhere] })
    const { items } = await core.audit.list(admin, { size: 200 })
    const after = JSON.stringify(items)
    assert.ok(!after.includes(JSON.stringify(leaving.name)), 'shown nowhere')
    assert.ok(after.split(JSON.stringify(admin.name)).length > 5, 'others are there as they were')
    assert.ok(items.some(({ erased }) => erased?.includes('actor.name')))
    assert.ok(items.some(({ erased }) => erased?.includes('facts.asked')))
    const told = items.find(({ action, facts }) => action === 'log.erased' && facts.lines === lines)
    assert.deepEqual(told?.target, { kind: 'person', id: leaving.id })
    const everything = JSON.stringify(await ask(database, 'SELECT * FROM audit_event'))
    assert.ok(!everything.includes(leaving.name))
    assert.deepEqual((await core.audit.list(admin, { search: leaving.name })).items, [])

    await core.log.run()
    assert.equal(await core.highWater.look(), undefined, 'nothing is taken for altered')
    const verified = await verifyLog(entriesOf(work), { head })
    assert.ok(verified.erased >= lines)
    assert.equal(told?.facts.fields, verified.erased)
    assert.equal(verified.unproven, 0)
  })
})
