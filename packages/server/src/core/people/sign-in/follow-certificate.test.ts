import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { pemEncode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  csrOf,
  derOf,
  firstAdministrator,
  invited,
  type RulesDesk,
  refused,
  rulesDeskOn,
  type Signed,
  signedInAgain,
} from '../../../../test/rules-desk.ts'
import type { Database } from '../../../store/index.ts'
import { ask } from '../../../store/testing/ask.ts'
import { proveCsr } from '../../issuance/csr.ts'
import { MINUTE } from '../../world.ts'

const caller = { from: '192.0.2.9', agent: 'a thief' }

interface Scene extends RulesDesk {
  readonly admin: Signed
  readonly ada: Signed
  /** Makes good what could not be signed, and signs in with it. */
  signIn(): Promise<unknown>
}

eachRulesDatabase('a link to add a computer, spent while nothing can be signed', ({ opened }) => {
  const scene = async (): Promise<Scene & { readonly database: Database }> => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const { core, signers } = desk
    const admin = await firstAdministrator(core)
    const ada = await invited(core, admin.actor, 'auditor')
    const { token } = await core.credentials.addDevice(ada.actor, 'Mine')
    const csr = await csrOf(await generateKeyPair('ec-p256'), [])
    signers.break(true)
    await assert.rejects(core.invitations.accept({ token, csr, ...caller }), refused('stored_incomplete'))
    signers.break(false)
    const signIn = async () => {
      await core.start()
      const own = await desk.work.read((stores) =>
        stores.credentials.ofPerson({ environment: 'production' }, ada.actor.id),
      )
      const { id } = own.find(({ id }) => id !== ada.actor.credential) ?? (await unheld())
      const made = await desk.work.read((stores) => stores.certificates.find({ environment: 'production' }, id))
      return core.sessions.beginWithCertificate({ der: derOf(pemEncode('CERTIFICATE', made!.der)), ...caller })
    }
    // Revoked at once, nothing signs in with it: it is found by its owner.
    const unheld = async () => {
      const rows = await ask(database, `SELECT id FROM certificate WHERE owner_id = '${ada.actor.id}'`)
      return { id: String(rows.find(({ id }) => id !== ada.actor.credential)!.id) }
    }
    return { ...desk, database, admin, ada, signIn }
  }
  const takeAway = 'DELETE FROM invitation WHERE adds IS NOT NULL'
  const withdrawn = refused('certificate_is_revoked', { reason: 'privilegeWithdrawn' })

  test('and taken out of the database: a stolen key makes nothing that outlives its compromise (att17 H4)', async () => {
    const { core, database, admin, ada, signIn } = await scene()
    await ask(database, takeAway)
    await core.certificates.revoke(admin.actor, ada.actor.credential, 'keyCompromise')
    await assert.rejects(signIn(), withdrawn)
  })

  test('and taken out before the compromise: it adds, replaces nothing, and goes with what it was made with (att17 H4)', async () => {
    const { core, database, admin, ada, signIn } = await scene()
    await ask(database, takeAway)
    await signIn()
    assert.equal((await signedInAgain(core, ada)).id, ada.actor.id)
    const { items } = await core.credentials.list(ada.actor)
    assert.deepEqual(items.map(({ name, ended }) => [name, ended?.reason]).sort(), [
      ['', undefined],
      ['Mine', undefined],
    ])
    await core.certificates.revoke(admin.actor, ada.actor.credential, 'keyCompromise')
    await assert.rejects(signIn(), withdrawn)
  })

  test('by an intent that says nothing of links: nobody signs in, whatever the row of a link says (att17 H4)', async () => {
    const { core, work, ada, signIn } = await scene()
    await work.transaction(async (stores) => {
      const [intent] = await stores.intents.open()
      const { purpose } = intent!
      if (purpose.kind === 'authority') throw new Error('not of a person')
      const { signIn, ...silent } = purpose
      assert.deepEqual(signIn, {
        ...{ takes: 'nothing', name: 'Mine', madeWith: ada.actor.credential, atMost: 'high' },
      })
      await stores.intents.close(intent!.id)
      await stores.intents.insert({ ...intent!, purpose: silent })
    })
    await assert.rejects(signIn(), refused('certificate_without_account'))
    assert.equal((await signedInAgain(core, ada)).id, ada.actor.id)
  })
})

/** Lets rows of requests be taken away, as an owner of the database could. */
const unguardRequests = (database: Database): Promise<unknown> =>
  ask(database, `DROP TRIGGER request_no_delete${database.kind === 'postgres' ? ' ON request' : ''}`)

const PLANTED = 'P'.repeat(22)

/**
 * Copies a certificate and its request to a number that is still to come.
 * @param authority whose own certificate it is then: what a root of the desk has signed
 */
async function planted(database: Database, certificate: string, number: string, authority?: 'people'): Promise<void> {
  const copy = async (table: string, change: Record<string, string>, where: string): Promise<void> => {
    const every = Object.keys((await ask(database, `SELECT * FROM ${table} LIMIT 1`))[0]!)
    const columns = every.filter((column) => table !== 'request' || column !== 'kit') // a generated one
    const values = columns.map((column) => change[column] ?? column)
    await ask(
      database,
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE ${where}`,
    )
  }
  const of = `(SELECT request FROM certificate WHERE id = '${certificate}')`
  await copy('request', { number, certificate: 'NULL' }, `number = ${of}`)
  const taken = (column: string): string =>
    `(SELECT ${column} FROM authority WHERE purpose = '${authority}' AND environment = 'production')`
  const other =
    authority === undefined
      ? { serial: `'00${'f0'.repeat(15)}'`, fingerprint: `'${'ab'.repeat(32)}'` }
      : {
          ...{ authority: taken('parent'), serial: taken('serial') },
          ...{ fingerprint: taken('fingerprint'), der: taken('certificate') },
        }
  const next = '(SELECT max(number) + 1 FROM certificate)'
  await copy('certificate', { id: `'${PLANTED}'`, ...other, number: next, request: number }, `id = '${certificate}'`)
}

eachRulesDatabase('links that others made, spent while nothing can be signed', ({ opened }) => {
  const scene = async () => {
    const told: string[] = []
    const { database, work } = await opened(({ table, id }) => told.push(`${table} ${id}`))
    const desk = await rulesDeskOn(work)
    const { core, signers } = desk
    const admin = await firstAdministrator(core)
    const ada = await invited(core, admin.actor, 'auditor')
    const keyOf = async () => csrOf(await generateKeyPair('ec-p256'), [])
    const renewed = async () => (await core.people.renewInvitation(admin.actor, ada.actor.id)).token
    const unsigned = async (token: string, csr: string): Promise<void> => {
      signers.break(true)
      await assert.rejects(core.invitations.accept({ token, csr, ...caller }), refused('stored_incomplete'))
      signers.break(false)
    }
    return { ...desk, database, told, admin, ada, keyOf, renewed, unsigned }
  }

  test('and signed late take the place of nothing that was decided later (flt13 F2)', async () => {
    const { core, work, ada, keyOf, renewed, unsigned, later } = await scene()
    const [token, csr] = [await renewed(), await keyOf()]
    await unsigned(token, csr)
    later(MINUTE)
    const mine = await core.invitations.accept({ token: await renewed(), csr: await keyOf(), ...caller })
    await assert.rejects(core.invitations.accept({ token, csr, ...caller }), (error) =>
      hasDeskCode(error, 'certificate_is_revoked'),
    )
    await core.start()
    await core.sessions.beginWithCertificate({ der: derOf(mine.certificate), ...caller })
    const held = await work.read((stores) => stores.credentials.ofPerson({ environment: 'production' }, ada.actor.id))
    assert.equal(held.filter(({ ended }) => ended === undefined).length, 1)
  })

  test('and decided while somebody has taken away what would note it: not spent, and told (att24 H1)', async () => {
    const { core, database, ada, told, keyOf, renewed } = await scene()
    const [token, csr] = [await renewed(), await keyOf()]
    await ask(database, `CREATE TABLE aside AS SELECT * FROM inventory WHERE owner = '${ada.actor.id}'`)
    await ask(database, `DELETE FROM inventory WHERE owner = '${ada.actor.id}'`)
    await assert.rejects(core.invitations.accept({ token, csr, ...caller }), refused('storage_altered'))
    assert.ok(told.includes(`inventory credentials ${ada.actor.id}`))
    await ask(database, 'INSERT INTO inventory SELECT * FROM aside')
    await core.sessions.beginWithCertificate({
      der: derOf((await core.invitations.accept({ token, csr, ...caller })).certificate),
      ...caller,
    })
  })

  test('and decided with numbers that somebody put far ahead and took away: the newest still takes the place of all (att24 H1)', async () => {
    const { core, database, ada, keyOf, renewed } = await scene()
    const columns = Object.keys((await ask(database, 'SELECT * FROM request LIMIT 1'))[0]!).filter(
      (one) => one !== 'kit',
    )
    const far = String(Date.now() - 1000)
    const values = columns.map((one) => ({ number: far, certificate: 'NULL' })[one] ?? one)
    await ask(database, `INSERT INTO request (${columns}) SELECT ${values} FROM request LIMIT 1`)
    const stolen = await core.invitations.accept({ token: await renewed(), csr: await keyOf(), ...caller })
    await unguardRequests(database)
    await ask(database, `DELETE FROM request WHERE number = ${far}`)
    const mine = await core.invitations.accept({ token: await renewed(), csr: await keyOf(), ...caller })
    assert.equal((await signedInAgain(core, mine)).id, ada.actor.id)
    await assert.rejects(signedInAgain(core, stolen), refused('certificate_is_revoked', { reason: 'superseded' }))
  })

  test('and signed when the clock has gone back meanwhile: what was decided last counts, whatever its instant (flt14 F5)', async () => {
    const { core, work, ada, keyOf, renewed, later } = await scene()
    await core.invitations.accept({ token: await renewed(), csr: await keyOf(), ...caller })
    later(-3 * MINUTE)
    const mine = await core.invitations.accept({ token: await renewed(), csr: await keyOf(), ...caller })
    await core.sessions.beginWithCertificate({ der: derOf(mine.certificate), ...caller })
    const held = await work.read((stores) => stores.credentials.ofPerson({ environment: 'production' }, ada.actor.id))
    assert.equal(held.filter(({ ended }) => ended === undefined).length, 1)
  })

  test('and signed late for somebody who was disabled, whose row is spoilt meanwhile: revoked as it comes (att18 M8)', async () => {
    const { core, work, database, admin, ada, keyOf, renewed, unsigned } = await scene()
    await unsigned(await renewed(), await keyOf())
    await core.people.disable(admin.actor, ada.actor.id)
    const other = "CASE language WHEN 'en' THEN 'fr' ELSE 'en' END"
    const spoil = () => ask(database, `UPDATE person SET language = ${other} WHERE id = '${ada.actor.id}'`)
    await spoil()
    await core.start()
    await spoil()
    const scope = { environment: 'production' } as const
    assert.deepEqual(await work.read((stores) => stores.certificates.goodOfPerson(scope, ada.actor.id)), [])
  })

  for (const number of ['1000000', String(2 ** 53 - 2)])
    test(`a certificate and its request that somebody planted under the number ${number} hold up no link (att20 N1, att21 N21-1)`, async () => {
      const { core, work, database, ada, keyOf, renewed } = await scene()
      await planted(database, ada.actor.credential, number)
      const mine = await core.invitations.accept({ token: await renewed(), csr: await keyOf(), ...caller })
      await core.sessions.beginWithCertificate({ der: derOf(mine.certificate), ...caller })
      const scope = { environment: 'production' } as const
      assert.ok((await work.read((stores) => stores.certificates.find(scope, ada.actor.credential)))?.revoked)
    })

  test('nor one of a link that was decided before it was planted, of which it is told; the authority’s own certificate is nobody’s', async () => {
    const { core, work, database, told, ada, keyOf, renewed, unsigned } = await scene()
    const [token, csr] = [await renewed(), await keyOf()]
    await unsigned(token, csr)
    await planted(database, ada.actor.credential, '1000000', 'people')
    const mine = await core.invitations.accept({ token, csr, ...caller })
    await core.sessions.beginWithCertificate({ der: derOf(mine.certificate), ...caller })
    const scope = { environment: 'production' } as const
    assert.ok((await work.read((stores) => stores.certificates.find(scope, ada.actor.credential)))?.revoked)
    assert.deepEqual([...new Set(told)], [`certificate ${PLANTED}`])
  })

  test('what somebody planted as a person’s is not revoked with them: it may be the authority’s own (att22 L2)', async () => {
    const { core, work, database, told, admin, ada } = await scene()
    await planted(database, ada.actor.credential, '1000000', 'people')
    await core.people.disable(admin.actor, ada.actor.id)
    const revoked = async (id: string) =>
      (await work.read((stores) => stores.certificates.find({ environment: 'production' }, id)))?.revoked?.reason
    assert.deepEqual([await revoked(PLANTED), await revoked(ada.actor.credential)], [undefined, 'privilegeWithdrawn'])
    assert.deepEqual([...new Set(told)], [`certificate ${PLANTED}`])
  })

  test('and signed late together: the last one counts, in whatever order', async () => {
    const { core, work, ada, keyOf, renewed, unsigned, later } = await scene()
    const keys = [await keyOf(), await keyOf()]
    for (const csr of keys) {
      await unsigned(await renewed(), csr)
      later(MINUTE)
    }
    await core.start()
    const held = await work.read((stores) => stores.credentials.ofPerson({ environment: 'production' }, ada.actor.id))
    const good = held.filter(({ ended }) => ended === undefined)
    const made = await work.read((stores) => stores.certificates.find({ environment: 'production' }, good[0]!.id))
    const { key } = await proveCsr(keys[1]!, ['ec-p256'])
    assert.deepEqual([good.length, made?.key], [1, key])
  })
})
