import type { Change } from './change.ts'

const CORE = 'packages/server/src/core'
const STORE = 'packages/server/src/store'

/** Words that the desk keeps for each environment: a port, its rows, a migration, and the rule that uses them. */
export const deskStore: Change = {
  row: 'new store of the desk, with a rule',
  before: '12 with its handlers',
  made: {
    [`${CORE}/bookmarks/bookmark.port.ts`]: `import type { Environment } from '@scel/contract/values'

/** A word under a name. */
export interface Bookmark {
  readonly name: string
  readonly value: string
}

export interface BookmarkReader {
  all(environment: Environment): Promise<Bookmark[]>
}

export interface BookmarkStore extends BookmarkReader {
  keep(environment: Environment, bookmark: Bookmark): Promise<void>
}
`,
    [`${CORE}/bookmarks/bookmarks.ts`]: `import type { Environment } from '@scel/contract/values'
import type { Readers, Stores, Work } from '../work.ts'
import type { Bookmark } from './bookmark.port.ts'

/** Words that are kept under names, the newest under each. */
export interface Bookmarks {
  keep(environment: Environment, bookmark: Bookmark): Promise<void>
  all(environment: Environment): Promise<Bookmark[]>
}

export const createBookmarks = ({ work }: { readonly work: Work }): Bookmarks => ({
  keep: (environment, bookmark) =>
    work.transaction(({ bookmarks }: Pick<Stores, 'bookmarks'>) => bookmarks.keep(environment, bookmark)),
  all: (environment) => work.read(({ bookmarks }: Pick<Readers, 'bookmarks'>) => bookmarks.all(environment)),
})
`,
    [`${STORE}/desk/bookmark-store.ts`]: `import type { BookmarkStore } from '../../core/bookmarks/bookmark.port.ts'
import type { Bound } from '../bound.ts'

export const bookmarkStore = (db: Bound): BookmarkStore => ({
  async all(environment) {
    const found = db.selectFrom('bookmark').select(['name', 'value']).where('environment', '=', environment)
    return found.orderBy('name').execute()
  },
  async keep(environment, { name, value }) {
    const insert = db.insertInto('bookmark').values({ environment, name, value })
    await insert.onConflict((met) => met.columns(['environment', 'name']).doUpdateSet({ value })).execute()
  },
})
`,
    [`${STORE}/migrations/9999-bookmarks.ts`]: `import { ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

export const bookmarks: Migration = migration('bookmarks', (words) => [
  \`CREATE TABLE bookmark (
    environment \${words.text} NOT NULL \${ENVIRONMENT_CHECK},
    name \${words.text} NOT NULL,
    value \${words.text} NOT NULL,
    PRIMARY KEY (environment, name)
  ) \${words.end}\`,
])
`,
  },
  edits: [
    {
      ...{ file: `${CORE}/work.ts`, put: 'before', at: "import type { ServerClock } from './clock/" },
      text: "import type { BookmarkReader, BookmarkStore } from './bookmarks/bookmark.port.ts'\n",
    },
    {
      ...{ file: `${CORE}/work.ts`, put: 'after', at: '  readonly serverClock: ServerClock\n' },
      text: '  readonly bookmarks: BookmarkReader\n',
    },
    {
      ...{ file: `${CORE}/work.ts`, put: 'after', at: '  readonly settings: SettingStore\n' },
      text: '  readonly bookmarks: BookmarkStore\n',
    },
    {
      ...{ file: `${CORE}/core.ts`, put: 'before', at: "import { type Clock, createClock } from './clock/" },
      text: "import { type Bookmarks, createBookmarks } from './bookmarks/bookmarks.ts'\n",
    },
    {
      ...{ file: `${CORE}/core.ts`, put: 'before', at: '  readonly clock: Clock\n' },
      text: '  readonly bookmarks: Bookmarks\n',
    },
    {
      ...{ file: `${CORE}/core.ts`, put: 'before', at: '    audit: createAuditLog({ work, world }),\n' },
      text: '    bookmarks: createBookmarks({ work }),\n',
    },
    {
      ...{
        file: `${STORE}/stores.ts`,
        put: 'before',
        at: "import { deliveryStore } from './desk/delivery-store.ts'\n",
      },
      text: "import { bookmarkStore } from './desk/bookmark-store.ts'\n",
    },
    {
      ...{ file: `${STORE}/stores.ts`, put: 'before', at: '  serverClock: serverClock(db),\n' },
      text: '  bookmarks: bookmarkStore(db),\n',
    },
    {
      ...{ file: `${STORE}/tables.ts`, put: 'before', at: '  search_word: {' },
      text: '  bookmark: { environment: Environment; name: Text; value: Text }\n',
    },
    {
      ...{
        file: `${STORE}/migrations/list.ts`,
        put: 'before',
        at: "import type { Migration } from './migration.ts'\n",
      },
      text: "import { bookmarks } from './9999-bookmarks.ts'\n",
    },
    {
      ...{ file: `${STORE}/migrations/list.ts`, put: 'after', at: '  searchWords,\n' },
      text: '  bookmarks,\n',
    },
    {
      ...{ file: `${STORE}/erasure/columns.ts`, put: 'before', at: '  search_word: { nothing' },
      text: "  bookmark: { nothing: ['environment', 'name', 'value'] },\n",
    },
    { file: `${STORE}/codes/unlocked.ts`, put: 'before', at: '  search_word: true,\n', text: '  bookmark: true,\n' },
    { file: 'tools/layers.ts', put: 'before', at: "  names: [],\n  keys: ['services'],\n", text: '  bookmarks: [],\n' },
  ],
  seenBy: {
    [`${CORE}/bookmarks/bookmarks.test.ts`]: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRulesDesk } from '../../../test/rules-desk.ts'

test('what is kept is there after a restart, in its environment alone', async (t) => {
  const { core, restart } = await openRulesDesk(t)
  await core.bookmarks.keep('production', { name: 'colour', value: 'red' })
  await core.bookmarks.keep('production', { name: 'colour', value: 'blue' })
  const again = await restart()
  const kept = await again.bookmarks.all('production')
  assert.deepEqual(
    kept.map(({ name, value }) => [name, value]),
    [['colour', 'blue']],
  )
  assert.deepEqual(await again.bookmarks.all('test'), [])
})
`,
  },
}
