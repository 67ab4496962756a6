import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UpTo } from '../../core/people/erasure/erasure.port.ts'
import type { ForgedRow } from '../../core/row-codes.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import * as sample from '../testing/samples.ts'

const { PRODUCTION } = sample
const ADA = { ...PRODUCTION, id: 'ada', mailboxes: [] }

/** Empties all, so many rows in a unit. @returns how many rows each unit emptied */
async function emptyAll(work: OpenWork, limit: number): Promise<number[]> {
  const units: number[] = []
  for (let from: UpTo | undefined, more = true; more; ) {
    const done = await work.transaction(({ erasures }) => erasures.empty(ADA, limit, from), 'rows')
    units.push(done.rows)
    from = done.next
    more = from !== undefined
  }
  return units
}

eachDatabase('emptying the rows that name somebody', ({ opened }) => {
  test('takes so many at a time, each once, and leaves those of others; a row that somebody wrote is emptied and stays forged', async () => {
    const forged: ForgedRow[] = []
    const { database, work } = await opened((row) => forged.push(row))
    const by = (id: string) => ({ createdBy: { id, name: `Name of ${id}` } })
    await work.transaction(async (stores) => {
      await sample.stage(stores)
      for (let kit = 0; kit < 5; kit++) await stores.kits.insert(sample.kit(`kit ${kit}`, by('ada')))
      await stores.kits.insert(sample.kit('of eve', by('eve')))
    })
    await ask(database, "UPDATE kit SET uses_allowed = 999999 WHERE id = 'kit 2'")
    const units = await emptyAll(work, 2)
    assert.ok(Math.max(...units) <= 2)
    const names = await ask(
      database,
      "SELECT id, created_by_name AS name FROM kit WHERE id LIKE 'kit %' OR id = 'of eve' ORDER BY id",
    )
    assert.deepEqual(
      names.map(({ name }) => name),
      ['', '', '', '', '', 'Name of eve'],
    )
    assert.ok(forged.some(({ table, id }) => table === 'kit' && id === 'kit 2'))
    const found = (id: string) => work.read(({ kits }) => kits.find(PRODUCTION, id))
    assert.equal(await found('kit 2'), undefined, 'no code for what the desk did not write')
    assert.deepEqual((await found('kit 3'))?.createdBy, { id: 'ada', name: '' })
    assert.deepEqual((await found('of eve'))?.createdBy, { id: 'eve', name: 'Name of eve' })
    assert.ok((await emptyAll(work, 2)).every((rows) => rows === 0))
  })

  test('of a machine that is to be reached at their mailbox: who fetched goes where that was said from it, and another who did stays', async () => {
    const { work } = await opened()
    const ask = (name: string, email: string, downloadedBy: string) =>
      work.transaction(async ({ requests }) => {
        const number = await requests.insert(sample.request(name, { contact: { email } }))
        await requests.update(PRODUCTION, number, { downloadedAt: sample.NOW, downloadedBy })
        return number
      })
    await work.transaction((stores) => sample.stage(stores))
    const own = await ask('a.example', 'Ada@Desk.example', 'Ada@Desk.example')
    const fetchedByOther = await ask('b.example', 'ada@desk.example', 'Eve')
    const ofOther = await ask('c.example', 'eve@desk.example', 'eve@desk.example')
    const { rows } = await work.transaction(
      ({ erasures }) => erasures.empty({ ...ADA, mailboxes: ['ada@lab.example', 'ada@desk.example'] }, 100),
      'rows',
    )
    assert.equal(rows, 2)
    const left = async (number: number) => {
      const found = await work.read(({ requests }) => requests.find(PRODUCTION, number))
      return [found?.contact?.email, found?.downloadedBy]
    }
    assert.deepEqual(await left(own), ['', ''])
    assert.deepEqual(await left(fetchedByOther), ['', 'Eve'])
    assert.deepEqual(await left(ofOther), ['eve@desk.example', 'eve@desk.example'])
  })
})
