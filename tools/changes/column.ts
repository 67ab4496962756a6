import type { Change } from './change.ts'

const SERVER = 'packages/server/src'
const STORE = `${SERVER}/store`

/** A service says what it is for: rows from before say nothing, and keep their codes. */
export const column: Change = {
  row: 'new column of a row with a code',
  before: 'did not fit: all rows from before became forged',
  made: {
    [`${STORE}/migrations/9999-notes.ts`]: `import { type Migration, migration } from './migration.ts'

export const notes: Migration = migration('notes', ({ text }) => [\`ALTER TABLE service ADD COLUMN note \${text}\`])
`,
  },
  edits: [
    {
      ...{ file: `${SERVER}/core/services/service.ts`, put: 'after', at: '  readonly name: string\n' },
      text: '  /** What it is for. */\n  readonly note?: string\n',
    },
    {
      ...{
        file: `${STORE}/organisations/service-store.ts`,
        put: 'after',
        at: 'organisation, name, createdAt, closedAt',
      },
      text: ', note',
    },
    {
      ...{
        file: `${STORE}/organisations/service-store.ts`,
        put: 'after',
        at: '        closed_at: closedAt ?? null,\n',
      },
      text: '        note: note ?? null,\n',
    },
    {
      file: `${STORE}/organisations/service-store.ts`,
      put: 'after',
      at: 'present({ closedAt: row.closed_at',
      text: ', note: row.note',
    },
    {
      ...{ file: `${STORE}/tables.ts`, put: 'after', at: '  closed_at: Optional<Instant>\n' },
      text: '  note: Optional<Text>\n',
    },
    {
      ...{ file: `${STORE}/codes/coded-columns.ts`, put: 'after', at: "'name_folded', 'created_at', 'closed_at'" },
      text: ", 'note'],\n    later: ['note'",
    },
    {
      ...{ file: `${STORE}/erasure/columns.ts`, put: 'after', at: "'name_folded', 'created_at', 'closed_at'" },
      text: ", 'note'",
    },
    {
      ...{
        file: `${STORE}/migrations/list.ts`,
        put: 'before',
        at: "import type { Migration } from './migration.ts'\n",
      },
      text: "import { notes } from './9999-notes.ts'\n",
    },
    { file: `${STORE}/migrations/list.ts`, put: 'after', at: '  searchWords,\n', text: '  notes,\n' },
  ],
  seenBy: {
    'packages/server/test/frozen/notes.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../../src/store/testing/ask.ts'
import { eachDatabase } from '../../src/store/testing/each-database.ts'
import { openSample } from '../../src/store/testing/sample-work.ts'
import { PRODUCTION, service } from '../../src/store/testing/samples.ts'
import { FROZEN, thaw } from './frozen-database.ts'

eachDatabase('what a service is for', ({ where }) => {
  test('is nothing of those from before, who are there as they were; a new one says it, and is not there once somebody takes it away', async () => {
    const database = await where()
    await thaw(database, [...FROZEN.values()][0]!)
    const work = await openSample(database)
    try {
      await work.transaction((stores) => stores.services.insert(service('new', 'ours', { note: 'letters' })))
      const notes = () =>
        work.read(async ({ services }) => (await services.of(PRODUCTION, 'ours')).map(({ name, note }) => [name, note]))
      const before = [['mail', undefined], ['gone', undefined]]
      assert.deepEqual(await notes(), [before[0], ['new', 'letters'], before[1]])
      await ask(database, "UPDATE service SET note = NULL WHERE name = 'new'")
      assert.deepEqual(await notes(), before)
    } finally {
      await work.close()
    }
  })
})
`,
  },
}
