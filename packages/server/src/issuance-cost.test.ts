import assert from 'node:assert/strict'
import { constants, DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { eachRulesDatabase } from '../test/each-rules-database.ts'
import { coreOn, firstAdministrator, kit, machine, organisation, rulesDeskOn, submit } from '../test/rules-desk.ts'
import { everywhere } from './core/deliveries/carrier.ts'
import { RunConnection as PostgresConnection } from './store/postgres/run-connection.ts'
import { RunConnection as SqliteConnection } from './store/sqlite/run-connection.ts'
import { openSample } from './store/testing/sample-work.ts'

/** From the submission to the stored certificate, in both units and the look before them; six of them ask for the grants and keys of whoever decided beforehand, what there has to be of them, and what they were signed in with. */
const STATEMENTS = { sqlite: 63, postgres: 63 }

/** Beginnings and ends of units are read each time: there is nothing to plan in them. */
const BOUNDARIES: ReadonlySet<number> = new Set([constants.SQLITE_TRANSACTION, constants.SQLITE_SAVEPOINT])

/** Tells of each time that the embedded database reads and plans a statement which it had planned before. */
function onPlanningAgain(t: TestContext, told: () => void): void {
  const prepare = DatabaseSync.prototype.prepare
  const watched = new WeakSet<DatabaseSync>()
  let isFirst = false
  t.mock.method(DatabaseSync.prototype, 'prepare', function (this: DatabaseSync, ...given: Parameters<typeof prepare>) {
    if (!watched.has(this)) {
      watched.add(this)
      this.setAuthorizer((action) => {
        if (!isFirst && !BOUNDARIES.has(action)) told()
        return constants.SQLITE_OK
      })
    }
    isFirst = true
    try {
      return prepare.apply(this, given)
    } finally {
      isFirst = false
    }
  })
}

eachRulesDatabase('the cost of an issuance', ({ engine, prepared }) => {
  test('so many statements and no more, and none is planned that was planned before', async (t) => {
    let again = 0
    if (engine === 'sqlite') onPlanningAgain(t, () => again++)
    const work = await openSample(await prepared())
    t.after(() => work.close())
    const { core, signers, world } = await rulesDeskOn(work)
    const { actor } = await firstAdministrator(core)
    const { id } = await organisation(core, actor)
    const standing = await kit(core, actor, id, { standingApproval: true })
    const issue = async (at: number, desk = core) => {
      const { request } = await submit(desk, await machine(), standing, {
        commonName: `ws-${'abcdefgh'[at]!.repeat(26)}`,
      })
      assert.ok(request.certificate)
    }
    for (let at = 0; at < 3; at++) await issue(at)
    const asked: string[] = []
    for (const connection of [SqliteConnection, PostgresConnection]) {
      const { executeQuery } = connection.prototype
      t.mock.method(connection.prototype, 'executeQuery', function (this: unknown, query: { sql: string }) {
        asked.push(query.sql)
        return executeQuery.call(this as never, query as never)
      })
    }
    again = 0
    await issue(3)
    assert.equal(again, 0)
    assert.ok(asked.length > 10)
    assert.ok(asked.length <= STATEMENTS[engine], `${asked.length} statements:\n${asked.join('\n')}`)
    // A desk that tells somebody leaves one message more: of the approval, and of no other step.
    const told = coreOn(work, signers, {}, world, undefined, undefined, undefined, {
      carriers: { webhook: everywhere({ name: 'somebody', send: async () => 204 }) },
    })
    await told.deliveries.stop()
    const alone = asked.length
    await issue(4, told)
    asked.length = 0
    await issue(5, told)
    assert.equal(asked.length, alone + 1)
    assert.equal(asked.filter((sql) => /insert into "delivery"/i.test(sql)).length, 1)
  })
})
