import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  firstAdministrator,
  invited,
  type RulesDesk,
  refused,
  rulesDeskOn,
  type Signed,
  signedInAgain,
} from '../../../../test/rules-desk.ts'
import { ask } from '../../../store/testing/ask.ts'
import { unguardCertificates } from '../../../store/testing/certificates-behind-the-back.ts'
import { openSample } from '../../../store/testing/sample-work.ts'

// Rows of certificates have no code. Whoever owns the tables takes the guards away, and gives them other ids.

interface Scene {
  readonly core: RulesDesk['core']
  readonly admin: Signed
  /** Whose first certificate somebody else has, who added a computer with it. */
  readonly ada: Signed
  readonly thief: Signed
  /** Her own second computer. */
  readonly own: Signed
}

const OTHER = 'x'.repeat(22)

eachRulesDatabase('a certificate whose row is called otherwise (att22 H1)', ({ prepared, engine }) => {
  const scene = async (run: (scene: Scene) => Promise<string>, planted: boolean): Promise<void> => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      const { core } = await rulesDeskOn(work)
      const admin = await firstAdministrator(core)
      const ada = await invited(core, admin.actor, 'auditor')
      const added = async (name: string) =>
        acceptInvitation(core, (await core.credentials.addDevice(ada.actor, name)).token)
      const [thief, own] = [await added('thief'), await added('own')]
      const id = ada.actor.credential
      await unguardCertificates(database)
      if (engine === 'sqlite') await ask(database, 'PRAGMA foreign_keys = OFF')
      await ask(database, `DELETE FROM name_in_force WHERE certificate = '${id}'`)
      await ask(database, `UPDATE certificate SET id = '${OTHER}' WHERE id = '${id}'`)
      if (planted) {
        const [row] = await ask(database, `SELECT * FROM certificate WHERE id = '${OTHER}'`)
        const other: Record<string, string> = { id: `'${id}'`, serial: `'00'`, fingerprint: `'00'`, number: '1000' }
        const values = Object.keys(row!).map((column) => (column === 'request' ? 'NULL' : (other[column] ?? column)))
        await ask(
          database,
          `INSERT INTO certificate (${Object.keys(row!)}) SELECT ${values} FROM certificate WHERE id = '${OTHER}'`,
        )
      }
      const ended = await run({ core, admin, ada, thief, own })
      const [row] = await ask(database, `SELECT revoked_at FROM certificate WHERE id = '${OTHER}'`)
      assert.ok(row?.revoked_at, ended)
      for (const back of [false, true]) {
        if (back) {
          if (planted) await ask(database, `UPDATE certificate SET id = 'planted' WHERE id = '${id}'`)
          await ask(database, `UPDATE certificate SET id = '${id}' WHERE id = '${OTHER}'`)
        }
        await assert.rejects(signedInAgain(core, ada), refused('certificate_is_revoked'))
        await assert.rejects(core.credentials.addDevice(ada.actor, 'more'), refused('session_ended'))
        if (ended !== 'replaced') await assert.rejects(signedInAgain(core, thief), refused('certificate_is_revoked'))
      }
      const { items } = await core.recipients.list(admin.actor, { email: ada.actor.email! })
      if (ended !== 'replaced') assert.deepEqual(items, [], 'nothing is sealed for it')
    } finally {
      await work.close()
    }
  }

  test('is not what a twin of it is, which is planted to be revoked in its place: nothing is decided about that (att23 H1)', async () => {
    const database = await prepared()
    const told: string[] = []
    const work = await openSample(database, ({ table, id }) => told.push(`${table} ${id}`))
    try {
      const { core } = await rulesDeskOn(work)
      const admin = await firstAdministrator(core)
      const ada = await invited(core, admin.actor, 'auditor')
      const id = ada.actor.credential
      const [row] = await ask(database, `SELECT * FROM certificate WHERE id = '${id}'`)
      const plant = async (as: string, change: Record<string, string>): Promise<void> => {
        const own: Record<string, string> = { id: `'${as}'`, fingerprint: `'${as}'`, request: 'NULL', ...change }
        const values = Object.keys(row!).map((column) => own[column] ?? column)
        await ask(
          database,
          `INSERT INTO certificate (${Object.keys(row!)}) SELECT ${values} FROM certificate WHERE id = '${id}'`,
        )
      }
      // With a key of its own, and with the key of the other.
      await plant('a'.repeat(22), { number: '1000', serial: "'aa'", key_hash: `'${'cd'.repeat(32)}'` })
      await plant('b'.repeat(22), { number: '1001', serial: "'bb'" })
      for (const twin of ['a', 'b'].map((letter) => letter.repeat(22))) {
        const isAltered = refused('certificate_row_altered')
        await assert.rejects(core.certificates.detail(admin.actor, twin), isAltered)
        for (const reason of ['superseded', 'keyCompromise'] as const)
          await assert.rejects(core.certificates.revoke(admin.actor, twin, reason), isAltered)
        assert.ok(told.includes(`certificate ${twin}`))
      }
      const { ended } = await core.certificates.revoke(admin.actor, id, 'keyCompromise')
      assert.deepEqual(ended, { certificates: 1, undone: 0 })
      await assert.rejects(signedInAgain(core, ada), refused('certificate_is_revoked'))
    } finally {
      await work.close()
    }
  })

  for (const planted of [false, true]) {
    const how = planted ? ', and another has its id' : ''
    test(`ends with all that was made with it when it is revoked${how}`, () =>
      scene(async ({ core, admin }) => {
        await core.certificates.revoke(admin.actor, OTHER, 'keyCompromise')
        return 'revoked'
      }, planted))

    test(`ends when its holder says that somebody else had it${how}`, () =>
      scene(async ({ core, ada, own }) => {
        await core.credentials.end(own.actor, ada.actor.credential, true)
        return 'ended'
      }, planted))

    test(`ends when its holder is disabled${how}`, () =>
      scene(async ({ core, admin, ada }) => {
        await core.people.disable(admin.actor, ada.actor.id)
        return 'disabled'
      }, planted))

    test(`ends when another takes its place${how}`, () =>
      scene(async ({ core, admin, ada }) => {
        await acceptInvitation(core, (await core.people.renewInvitation(admin.actor, ada.actor.id)).token)
        return 'replaced'
      }, planted))
  }
})
