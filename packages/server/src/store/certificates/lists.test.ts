import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Crl } from '../../core/revocation/crl.ts'
import type { ForgedRow } from '../../core/row-codes.ts'
import type { Database } from '../opening/open-database.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { day, NOW, stage } from '../testing/samples.ts'

const list = (number: number, more: Partial<Crl> = {}): Crl => ({
  ...{ authority: 'machines', number, der: new Uint8Array([number]), thisUpdate: NOW, nextUpdate: day(7) },
  ...{ entries: number, covers: number },
  ...more,
})

const newestOf = async (work: OpenWork): Promise<number | undefined> =>
  (await work.read(({ crls }) => crls.newest('machines')))?.number

eachDatabase('lists of revoked certificates', ({ prepared, engine }) => {
  /** A desk with lists 1 to 3. */
  const filled = async (
    run: (filled: { database: Database; work: OpenWork; told: () => string[] }) => Promise<void>,
  ): Promise<void> => {
    const database = await prepared()
    const forged: ForgedRow[] = []
    const work = await openSample(database, (row) => forged.push(row))
    try {
      await work.transaction(async (stores) => {
        await stage(stores)
        for (const number of [1, 2, 3]) await stores.crls.insert(list(number))
      })
      await run({ database, work, told: () => [...new Set(forged.splice(0).map(({ table, id }) => `${table} ${id}`))] })
    } finally {
      await work.close()
    }
  }

  /** The row of one number under another, with all that is said of it but for some columns. */
  const plant = (from: number, number: number, said: Readonly<Record<string, string>> = {}): string => {
    const columns = ['authority', 'der', 'this_update', 'next_update', 'entries', 'covers', 'digest', 'row_code']
    return `INSERT INTO crl (number, ${columns.join(', ')})
      SELECT ${number}, ${columns.map((column) => said[column] ?? column).join(', ')} FROM crl
      WHERE authority = 'machines' AND number = ${from}`
  }

  test('one that is planted under the next number, or any above it, is nobody’s: it is told of, and the next is published all the same', async () => {
    await filled(async ({ database, work, told }) => {
      const planted = [4, 5, ...Array.from({ length: 150 }, (_, index) => 10 + index), Number.MAX_SAFE_INTEGER]
      for (const number of planted) await ask(database, plant(1, number))
      await ask(
        database,
        plant(1, 6, { covers: '1000000', next_update: "'2099-01-01T00:00:00.000Z'", row_code: 'NULL' }),
      )
      assert.equal(await newestOf(work), 3)
      assert.deepEqual(told().toSorted(), [...planted, 6].map((number) => `crl machines ${number}`).toSorted())
      assert.equal(await work.read(({ crls }) => crls.numbered('machines', 4)), undefined)
      assert.deepEqual(told(), ['crl machines 4'])
      await work.transaction(({ crls }) => crls.insert(list(4)))
      assert.deepEqual(await work.read(({ crls }) => crls.numbered('machines', 4)), list(4))
      told()
      assert.equal(await newestOf(work), 4)
      assert.deepEqual(told(), [], 'their places are taken back')
      const [{ count }] = (await ask(database, 'SELECT count(*) AS count FROM crl')) as [{ count: number }]
      assert.equal(Number(count), 4)
    })
  })

  test('one that is there stays as it was published, and none has a number that no program counts to', async () => {
    await filled(async ({ database, work, told }) => {
      const before = await ask(database, 'SELECT * FROM crl ORDER BY number')
      for (const change of ['covers = 1000000', 'der = (SELECT der FROM crl WHERE number = 1)', 'number = 9'])
        await assert.rejects(ask(database, `UPDATE crl SET ${change} WHERE number = 3`), /append-only/, change)
      if (engine === 'sqlite') {
        const replaced = plant(1, 3).replace('INSERT', 'INSERT OR REPLACE')
        await assert.rejects(ask(database, replaced), /append-only/)
        const byRow = plant(1, 4).replace('INSERT INTO crl (', 'INSERT OR REPLACE INTO crl (rowid, ')
        const place = '(SELECT rowid FROM crl WHERE number = 3)'
        await assert.rejects(ask(database, byRow.replace('SELECT 4', `SELECT ${place}, 4`)), /append-only/)
      } else await assert.rejects(ask(database, 'TRUNCATE crl'), /append-only/)
      for (const said of [
        { covers: '9007199254740992' },
        { entries: '9223372036854775807' },
        { covers: '-1' },
      ] as const)
        await assert.rejects(ask(database, plant(1, 4, said)), /append-only|crl_counted/)
      for (const number of ['9007199254740992', '9223372036854775807', '0', '-1'])
        await assert.rejects(
          ask(database, plant(1, 4).replace('SELECT 4', `SELECT ${number}`)),
          /append-only|crl_counted/,
        )
      assert.deepEqual(await ask(database, 'SELECT * FROM crl ORDER BY number'), before)
      assert.equal(await newestOf(work), 3)
      assert.deepEqual(told(), [])
    })
  })

  test('octets that were exchanged under a row that stands are not read as that list', async () => {
    await filled(async ({ database, work, told }) => {
      await ask(database, engine === 'sqlite' ? 'DROP TRIGGER crl_stays' : 'ALTER TABLE crl DISABLE TRIGGER USER')
      await ask(database, 'UPDATE crl SET der = (SELECT der FROM crl WHERE number = 1) WHERE number = 3')
      assert.equal(await work.read(({ crls }) => crls.numbered('machines', 3)), undefined)
      assert.deepEqual(told(), ['crl machines 3'])
      assert.equal(await newestOf(work), 3, 'its number was given')
    })
  })
})
