import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import { firstAdministrator, invited, organisation, rulesDeskOn } from '../../../test/rules-desk.ts'
import { ask } from '../../store/testing/ask.ts'
import { unguardCertificates } from '../../store/testing/certificates-behind-the-back.ts'

// Rows of certificates have no code: what the directory shows is what an authority signed, and what a request vouches for.

eachRulesDatabase('a certificate whose row somebody wrote over', ({ opened }) => {
  const scene = async () => {
    const { database, work } = await opened()
    const { core, forged } = await rulesDeskOn(work)
    const { actor: admin } = await firstAdministrator(core)
    const post = await organisation(core, admin)
    const bank = await organisation(core, admin, 'B2', 'Bank')
    const paul = (await invited(core, admin, 'manager', { email: 'paul@post.example', organisation: post.id })).actor
    const mal = (await invited(core, admin, 'manager', { email: 'mal@bank.example', organisation: bank.id })).actor
    const list = async (query: object, by = admin) =>
      (await core.recipients.list(by, query)).items.flatMap(({ addresses }) => addresses)
    const planted = (...of: readonly { credential: string }[]) =>
      assert.deepEqual([...new Set(forged)], of.map(({ credential }) => `certificate ${credential}`).sort())
    await unguardCertificates(database)
    return { sql: (text: string) => ask(database, text), post, paul, mal, list, planted }
  }

  test('is in no place of its owner’s: not among their own either, to which they seal without looking', async () => {
    const { sql, paul, mal, list, planted } = await scene()
    assert.deepEqual(await list({ own: true }, paul), ['paul@post.example'])
    await sql(`UPDATE certificate SET der = (SELECT other.der FROM certificate AS other WHERE other.id = '${mal.credential}')
      WHERE id = '${paul.credential}'`)
    assert.deepEqual(await list({ own: true }, paul), [])
    assert.ok(!(await list({})).includes('paul@post.example'))
    planted(paul)
  })

  test('is not among those of whoever gave it to themselves', async () => {
    const { sql, paul, mal, list, planted } = await scene()
    await sql(`UPDATE certificate SET owner_id = '${mal.id}' WHERE id = '${paul.credential}'`)
    assert.deepEqual(await list({ own: true }, mal), ['mal@bank.example'])
    assert.deepEqual(await list({ own: true }, paul), [])
    planted()
  })

  test('stands under no organisation that its request does not name', async () => {
    const { sql, post, mal, list, planted } = await scene()
    await sql(`UPDATE certificate SET organisation = '${post.id}' WHERE id = '${mal.credential}'`)
    assert.deepEqual(await list({ search: 'mal' }), [])
    planted(mal)
  })
})
