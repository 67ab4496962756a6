import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerGrant,
  csrOf,
  firstAdministrator,
  invited,
  kit,
  MINUTE,
  organisation,
  type RulesDesk,
  refused,
  rulesDeskOn,
  type Signed,
  signedInAgain,
} from '../../../../test/rules-desk.ts'
import type { Database } from '../../../store/index.ts'
import { ask } from '../../../store/testing/ask.ts'
import { openSample } from '../../../store/testing/sample-work.ts'
import { countAdministrators } from '../administrators.ts'

interface Scene extends RulesDesk {
  readonly database: Database
  readonly admin: Signed
  /** Rows that were told of. */
  readonly told: readonly string[]
  /** Takes rows away behind the back of the store. @returns what puts them back */
  hide(table: string, where: string): Promise<() => Promise<void>>
}

const altered = refused('storage_altered')
const added = async ({ core }: Pick<RulesDesk, 'core'>, { actor }: Pick<Signed, 'actor'>, name: string) =>
  acceptInvitation(core, (await core.credentials.addDevice(actor, name)).token)

eachRulesDatabase('rows taken away while a decision reads them', ({ prepared, engine }) => {
  const scene = async (run: (scene: Scene) => Promise<void>): Promise<void> => {
    const database = await prepared()
    const told: string[] = []
    const work = await openSample(database, ({ table, id }) => told.push(`${table} ${id}`))
    const quiet = engine === 'sqlite' ? 'PRAGMA foreign_keys = OFF' : undefined
    const hide: Scene['hide'] = async (table, condition) => {
      const copy = `hidden_${table}`
      if (quiet) await ask(database, quiet)
      await ask(database, `CREATE TABLE ${copy} AS SELECT * FROM ${table} WHERE ${condition}`)
      await ask(database, `DELETE FROM ${table} WHERE ${condition}`)
      return async () => {
        await ask(database, `INSERT INTO ${table} SELECT * FROM ${copy}`)
        await ask(database, `DROP TABLE ${copy}`)
      }
    }
    try {
      const desk = await rulesDeskOn(work)
      await run({ ...desk, database, admin: await firstAdministrator(desk.core), told, hide })
    } finally {
      await work.close()
    }
  }

  test('an administrator whose grant is hidden is missed: nobody makes a second one, or a standing approval, alone meanwhile (att17 H5)', async () => {
    await scene(async ({ core, work, admin, told, hide, world }) => {
      const other = await invited(core, admin.actor, 'administrator', { email: 'other@desk.example' })
      const accomplice = await invited(core, admin.actor, 'auditor', { email: 'accomplice@desk.example' })
      const { id } = await organisation(core, admin.actor)
      const acts = [
        () => core.people.invite(admin.actor, { name: 'S', email: 's@desk.example', role: 'administrator' }),
        () => core.grants.give(admin.actor, accomplice.actor.id, { role: 'administrator' }),
        () => kit(core, admin.actor, id, { standingApproval: true }),
        () => core.credentials.addDevice(admin.actor, 'Mine'),
      ]
      for (const [table, condition] of [
        ['person_grant', `person = '${other.actor.id}'`],
        ['inventory', "kind = 'administrators'"],
      ] as const) {
        const back = await hide(table, condition)
        for (const act of acts) await assert.rejects(act, table === 'inventory' ? refused('rights_changed') : altered)
        const count = await work.read((stores) =>
          countAdministrators(stores, 'production', world.now().toISOString() as never),
        )
        assert.ok(count > 0, 'no link for a first one is printed')
        assert.ok(
          told.some((row) => row.startsWith(table)),
          table,
        )
        await back()
      }
      assert.deepEqual((await signedInAgain(core, other)).grants.length, 1, 'put back, all is as it was')
      const { awaiting } = await core.people.invite(admin.actor, {
        name: 'S',
        email: 's@desk.example',
        role: 'administrator',
      })
      assert.equal(awaiting, true)
    })
  })

  test('what was made with a certificate is offered to be looked through also where the row that says that somebody signed in with it is hidden after its end', async () => {
    await scene(async ({ core, admin, hide }) => {
      const { actor } = await invited(core, admin.actor, 'auditor')
      await core.credentials.end(actor, actor.credential, true)
      await hide('session', `credential = '${actor.credential}'`)
      await hide('credential', `id = '${actor.credential}'`)
      assert.equal((await core.certificates.detail(admin.actor, actor.credential)).may.madeWith, true)
    })
  })

  test('an administrator whose ended grant is hidden, or put back as it was, counts all the same: nobody is alone sooner by it', async () => {
    await scene(async ({ core, admin, database, hide, told }) => {
      const other = await invited(core, admin.actor, 'administrator', { email: 'other@desk.example' })
      const mine = `person = '${other.actor.id}'`
      await ask(database, `CREATE TABLE copy AS SELECT * FROM person_grant WHERE ${mine}`)
      const [{ id } = assert.fail()] = (await core.grants.person(admin.actor, other.actor.id)).grants
      await core.grants.end(admin.actor, other.actor.id, id)
      const invite = () =>
        core.people.invite(admin.actor, { name: 'S', email: 's@desk.example', role: 'administrator' })
      await hide('person_grant', mine)
      await assert.rejects(invite, altered)
      await ask(database, 'INSERT INTO person_grant SELECT * FROM copy')
      await assert.rejects(invite, altered)
      assert.ok(told.includes(`person_grant ${id}`))
      await ask(database, `DELETE FROM person_grant WHERE ${mine}`)
      await ask(database, 'INSERT INTO person_grant SELECT * FROM hidden_person_grant')
      assert.equal((await invite()).awaiting, true)
    })
  })

  test('an administrator’s grant that was ended and is put back is none (att17 H5)', async () => {
    await scene(async ({ core, admin, database, hide, told }) => {
      const other = await invited(core, admin.actor, 'administrator', { email: 'other@desk.example' })
      const mine = `person = '${other.actor.id}'`
      await ask(database, `CREATE TABLE copy AS SELECT * FROM person_grant WHERE ${mine}`)
      const [{ id } = assert.fail()] = (await core.grants.person(admin.actor, other.actor.id)).grants
      await core.grants.end(admin.actor, other.actor.id, id)
      await hide('person_grant', mine)
      await ask(database, 'INSERT INTO person_grant SELECT * FROM copy')
      assert.deepEqual((await signedInAgain(core, other)).grants, [])
      assert.ok(told.includes(`person_grant ${id}`))
    })
  })

  test('a computer that is hidden while the key it was added with is reported as stolen, or all is replaced, signs in no more (att17 H5)', async () => {
    await scene(async (desk) => {
      const { core, admin, told, hide } = desk
      const ends = {
        stolen: (of: Signed) => core.certificates.revoke(admin.actor, of.actor.credential, 'keyCompromise'),
        replaced: async (of: Signed) =>
          acceptInvitation(core, (await core.people.renewInvitation(admin.actor, of.actor.id)).token),
      }
      for (const [how, end] of Object.entries(ends)) {
        const ada = await invited(core, admin.actor, 'auditor', { email: `${how}@desk.example` })
        const second = await added(desk, ada, 'B')
        const third = await added(desk, second, 'C')
        // What leads from the first to the third is hidden, too.
        const back = await hide('credential', `id = '${second.actor.credential}'`)
        await end(ada)
        assert.ok(told.includes(`credential ${second.actor.credential}`), how)
        await back()
        for (const one of [second, third]) {
          await assert.rejects(signedInAgain(core, one), refused('certificate_is_revoked'), how)
          await assert.rejects(core.sessions.find(one.token, { from: '192.0.2.7' }), refused('session_ended'), how)
        }
      }
    })
  })

  test('where the inventory of a person is taken away they sign in no more, and nothing is believed anew by a start (att17 H5)', async () => {
    await scene(async ({ core, admin, hide, restart }) => {
      const ada = await invited(core, admin.actor, 'auditor')
      const back = await hide('inventory', `owner = '${ada.actor.id}'`)
      const next = await restart()
      for (const one of [core, next])
        await assert.rejects(signedInAgain(one, ada), (error: { code?: string }) => error.code !== undefined)
      await back()
      assert.equal((await signedInAgain(core, ada)).id, ada.actor.id)
    })
  })

  test('where the inventory of a person is taken away, or an older one stands there, nothing of a stolen key stays (att18 T6)', async () => {
    await scene(async (desk) => {
      const { core, admin, told, hide, database } = desk
      const ends = {
        stolen: (of: Signed) => core.certificates.revoke(admin.actor, of.actor.credential, 'keyCompromise'),
        disabled: (of: Signed) => core.people.disable(admin.actor, of.actor.id),
      }
      for (const [how, end] of Object.entries(ends)) {
        for (const older of [false, true]) {
          const ada = await invited(core, admin.actor, 'auditor', { email: `${how.at(0)}${older}@desk.example` })
          const mine = `owner = '${ada.actor.id}'`
          await ask(database, `CREATE TABLE older AS SELECT * FROM inventory WHERE ${mine}`)
          const second = await added(desk, ada, 'B')
          const back = await hide('inventory', mine)
          if (older) await ask(database, 'INSERT INTO inventory SELECT * FROM older')
          await ask(database, 'DROP TABLE older')
          await end(ada)
          assert.ok(told.length > 0, how)
          await ask(database, `DELETE FROM inventory WHERE ${mine}`)
          await back()
          await assert.rejects(signedInAgain(core, second), refused('certificate_is_revoked'), `${how} ${older}`)
          await assert.rejects(core.sessions.find(second.token, { from: '192.0.2.7' }), refused('session_ended'))
        }
      }
    })
  })

  test('a certificate whose row is hidden while somebody is disabled is revoked with the rest (att18 T1)', async () => {
    await scene(async ({ core, work, admin, told, hide }) => {
      const ada = await invited(core, admin.actor, 'auditor')
      const back = await hide('credential', `person = '${ada.actor.id}'`)
      await core.people.disable(admin.actor, ada.actor.id)
      await back()
      const scope = { environment: 'production' } as const
      const found = await work.read((stores) => stores.certificates.find(scope, ada.actor.credential))
      assert.equal(found?.revoked?.reason, 'privilegeWithdrawn')
      assert.ok(told.includes(`credential ${ada.actor.credential}`))
    })
  })

  test('a computer whose certificate is hidden while the key it was added with is reported as stolen signs in no more (att18 M7)', async () => {
    await scene(async (desk) => {
      const { core, admin, database } = desk
      const ada = await invited(core, admin.actor, 'auditor')
      const second = await added(desk, ada, 'B')
      // Where it is of another environment nobody finds it.
      const move = async (to: string) => {
        const update = `UPDATE certificate SET environment = '${to}' WHERE id = '${second.actor.credential}'`
        if (engine === 'postgres') {
          await ask(database, 'ALTER TABLE certificate DISABLE TRIGGER USER')
          await ask(database, update)
          await ask(database, 'ALTER TABLE certificate ENABLE TRIGGER USER')
          return
        }
        const triggers = await ask(
          database,
          "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'certificate'",
        )
        for (const { name } of triggers) await ask(database, `DROP TRIGGER ${String(name)}`)
        await ask(database, update)
        for (const { sql } of triggers) await ask(database, String(sql))
      }
      await move('test')
      await core.certificates.revoke(admin.actor, ada.actor.credential, 'keyCompromise')
      await move('production')
      await assert.rejects(signedInAgain(core, second), (error: { code?: string }) => error.code !== undefined)
      await assert.rejects(core.sessions.find(second.token, { from: '192.0.2.7' }), refused('session_ended'))
    })
  })

  test('an inventory of a person put back as it was makes nobody count less, and nothing late count more (att19)', async () => {
    await scene(async ({ core, admin, database, signers, later, told }) => {
      const name = 'ben'
      const { token, person } = await core.people.invite(admin.actor, {
        ...{ name, email: `${name}@desk.example`, role: 'administrator' },
      })
      const his = `owner = '${person.id}'`
      await ask(database, `CREATE TABLE before AS SELECT * FROM inventory WHERE ${his}`)
      const ben = await acceptInvitation(core, token)
      const older = async () => {
        await ask(database, `DELETE FROM inventory WHERE ${his}`)
        await ask(database, 'INSERT INTO inventory SELECT * FROM before')
      }
      const caller = { from: '192.0.2.9', agent: 'x' }
      const cyd = await invited(core, admin.actor, 'auditor', { email: 'cyd@desk.example' })
      const renewed = async () => (await core.people.renewInvitation(admin.actor, cyd.actor.id)).token
      const hers = `owner = '${cyd.actor.id}'`
      const [late, csr] = [await renewed(), await csrOf(await generateKeyPair('ec-p256'), [])]
      signers.break(true)
      await assert.rejects(core.invitations.accept({ token: late, csr, ...caller }), refused('stored_incomplete'))
      signers.break(false)
      await ask(database, `CREATE TABLE hers AS SELECT * FROM inventory WHERE ${hers}`)
      later(MINUTE)
      const mine = await acceptInvitation(core, await renewed())
      await ask(database, `DELETE FROM inventory WHERE ${hers}`)
      await ask(database, 'INSERT INTO inventory SELECT * FROM hers')
      await assert.rejects(core.invitations.accept({ token: late, csr, ...caller }), refused('certificate_is_revoked'))
      assert.ok(told.includes(`credential ${mine.actor.credential}`))

      const [{ id } = assert.fail()] = (await core.grants.person(admin.actor, ben.actor.id)).grants
      await core.grants.end(admin.actor, ben.actor.id, id)
      await older()
      const puppet = { name: 'P', email: 'p@desk.example', role: 'administrator' } as const
      assert.equal((await core.people.invite(admin.actor, puppet)).awaiting, true)
    })
  })

  test('what was signed late takes the place of nothing later, whose row is hidden meanwhile (att18 T2)', async () => {
    await scene(async ({ core, admin, signers, later, hide, told }) => {
      const ada = await invited(core, admin.actor, 'auditor')
      const renewed = async () => (await core.people.renewInvitation(admin.actor, ada.actor.id)).token
      const caller = { from: '192.0.2.9', agent: 'x' }
      const [token, csr] = [await renewed(), await csrOf(await generateKeyPair('ec-p256'), [])]
      signers.break(true)
      await assert.rejects(core.invitations.accept({ token, csr, ...caller }), refused('stored_incomplete'))
      signers.break(false)
      later(MINUTE)
      const mine = await acceptInvitation(core, await renewed())
      const back = await hide('credential', `id = '${mine.actor.credential}'`)
      await assert.rejects(core.invitations.accept({ token, csr, ...caller }), refused('certificate_is_revoked'))
      await back()
      assert.ok(told.includes(`credential ${mine.actor.credential}`))
      assert.equal((await signedInAgain(core, mine)).id, ada.actor.id)
    })
  })

  test('an administrator whose row, or whose grant, is put back as it was while nobody had come, or it waited, counts all the same (att18 T3, T4)', async () => {
    await scene(async ({ core, admin, database, told }) => {
      const invite = (name: string) =>
        core.people.invite(admin.actor, { name, email: `${name}@desk.example`, role: 'administrator' })
      const { token, person } = await invite('ben')
      const copy = async (name: string, table: string, where: string) => {
        await ask(database, `CREATE TABLE ${name} AS SELECT * FROM ${table} WHERE ${where}`)
      }
      const put = async (name: string, table: string, columns: readonly string[], where: string) => {
        const set = columns.map((column) => `${column} = (SELECT ${column} FROM ${name})`).join(', ')
        await ask(database, `UPDATE ${table} SET ${set} WHERE ${where}`)
      }
      const his = `id = '${person.id}'`
      const STATE = ['state', 'last_sign_in_at', 'row_code']
      await copy('person_before', 'person', his)
      const ben = await acceptInvitation(core, token)
      await copy('person_now', 'person', his)
      await put('person_before', 'person', STATE, his)
      await assert.rejects(invite('puppet'), altered)
      assert.ok(told.includes(`person ${person.id}`))
      await put('person_now', 'person', STATE, his)

      const cyd = await invited(core, admin.actor, 'auditor', { email: 'cyd@desk.example' })
      await core.grants.give(admin.actor, cyd.actor.id, { role: 'administrator' })
      const grants = (await core.grants.person(admin.actor, cyd.actor.id)).grants
      const { id } = grants.find(({ role }) => role === 'administrator')!
      const ANSWER = ['confirmed_by_id', 'confirmed_by_name', 'confirmed_at', 'row_code']
      await copy('grant_before', 'person_grant', `id = '${id}'`)
      await answerGrant(core, ben.actor, cyd.actor.id, id)
      await copy('grant_now', 'person_grant', `id = '${id}'`)
      await put('grant_before', 'person_grant', ANSWER, `id = '${id}'`)
      await assert.rejects(invite('puppet'), altered)
      assert.ok(told.includes(`person_grant ${id}`))
      await put('grant_now', 'person_grant', ANSWER, `id = '${id}'`)
      assert.equal((await invite('puppet')).awaiting, true)
    })
  })

  test('of two administrators who end each other at once, one stays (att17 H5)', async () => {
    await scene(async ({ core, admin }) => {
      const other = await invited(core, admin.actor, 'administrator', { email: 'other@desk.example' })
      const grantOf = async ({ actor }: Signed) => (await core.grants.person(admin.actor, actor.id)).grants[0]!.id
      const [mine, theirs] = [await grantOf(admin), await grantOf(other)]
      const both = await Promise.allSettled([
        core.grants.end(admin.actor, other.actor.id, theirs),
        core.grants.end(other.actor, admin.actor.id, mine),
      ])
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    })
  })
})
