import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import * as sample from '../testing/samples.ts'

const { NOW, PRODUCTION } = sample

eachDatabase('a step of a request', ({ opened }) => {
  test('keeps what it says: whose name, address and reason it is they can lose, and it is given nothing else', async () => {
    const { database, work } = await opened()
    const number = await work.transaction(async (stores) => {
      await sample.stage(stores)
      const asked = await stores.requests.insert(sample.request('a.example'))
      const actor = { kind: 'person', name: 'Ada', from: '192.0.2.1' } as const
      await stores.requests.addStep(PRODUCTION, asked, {
        kind: 'rejected',
        at: NOW,
        actor,
        actorId: 'ada',
        reason: 'no',
      })
      await stores.requests.addStep(PRODUCTION, asked, {
        kind: 'expired',
        at: NOW,
        actor: { kind: 'desk', name: 'desk' },
      })
      return asked
    })
    const steps = () => work.read((stores) => stores.requests.steps(PRODUCTION, number))
    const before = await steps()
    const refused = async (set: string, kind = 'rejected'): Promise<void> =>
      assert.rejects(ask(database, `UPDATE request_step SET ${set} WHERE kind = '${kind}'`), /append-only/, set)
    for (const column of ['actor_name', 'actor_from', 'reason']) {
      await refused(`${column} = 'another'`)
      await refused(`${column} = NULL`)
    }
    for (const set of ["reason = ''", "actor_from = ''", "actor_name = ''"]) await refused(set, 'expired')
    for (const column of ['kind', 'at', 'actor_kind', 'actor_id']) {
      await refused(`${column} = ''`)
      await refused(`${column} = 'another'`)
    }
    for (const set of ['number = 99', 'request = 99', 'beforehand = 1', 'other_request = 1', 'actor_id = NULL'])
      await refused(set)
    await assert.rejects(ask(database, 'DELETE FROM request_step'), /append-only/)
    assert.deepEqual(await steps(), before)

    await ask(database, "UPDATE request_step SET actor_name = '', actor_from = '', reason = '' WHERE kind = 'rejected'")
    const [erased] = await steps()
    assert.deepEqual([erased?.actor, erased?.reason], [{ kind: 'person', name: '', from: '' }, ''])
    await refused("actor_name = 'Ada'")
    await refused("reason = 'no'")
  })
})
