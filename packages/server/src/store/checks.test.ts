import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LanguageChoice, PersonState, REQUEST_STATES } from '@scel/contract/values'
import { ask } from './testing/ask.ts'
import { eachDatabase } from './testing/each-database.ts'
import { openSample } from './testing/sample-work.ts'
import { request, stage } from './testing/samples.ts'

eachDatabase('what a column can hold', ({ where }) => {
  test('of a person’s state and language, and of a request’s state, is one of those that there are, each of them', async () => {
    const database = await where()
    const work = await openSample(database)
    try {
      await work.transaction(async (stores) => {
        await stage(stores)
        await stores.requests.insert(request('ws-1'))
      })
      for (const [table, column, values] of [
        ['person', 'state', PersonState.enum],
        ['person', 'language', LanguageChoice.enum],
        ['request', 'state', REQUEST_STATES],
      ] as const) {
        for (const value of values) await ask(database, `UPDATE ${table} SET ${column} = '${value}'`)
        await assert.rejects(ask(database, `UPDATE ${table} SET ${column} = 'other'`), /check/i, `${table}.${column}`)
      }
    } finally {
      await work.close()
    }
  })
})
