import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DatabaseConnection } from 'kysely'
import type { Page } from '../../core/paging.ts'
import type { Scope } from '../../core/scope.ts'
import type { Readers } from '../../core/work.ts'
import { bind, type Engine } from '../bound.ts'
import { certificateStore } from '../certificates/certificate-store.ts'
import { auditStore } from '../log/audit-store.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { SLICE } from '../queries/paging.ts'
import { requestStore } from '../requests/request-store.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { certificate, day, NOW, OURS, PRODUCTION, request, stage, THEIRS } from '../testing/samples.ts'
import { withValues } from '../testing/with-values.ts'

const NOTHING_TOLD = { altered: () => {}, codeOfLeaf: () => '', hasCodeOfLeaf: () => true }

/** More than a search looks at in one query: what stands in each of them is looked for by walking the list. */
const COUNT = SLICE + 40
const LONG = 'abcdefghijklmnopqrstuvwxyz'
const VOCABULARY = [
  'ex',
  'example',
  'Éxam',
  'exa1',
  'ws',
  'wsé',
  'org',
  '42',
  '4',
  'œuvre',
  '東京',
  LONG,
  `${LONG}a`,
  '𝒳𝟙',
  'ß',
]
const between = fc.constantFrom('.', '-', ' ', '_', '%', "'", '@', ' \\', '：')
const texts = fc.array(fc.tuple(fc.constantFrom(...VOCABULARY), between), { minLength: 1, maxLength: 4 })
const text = texts.map((parts) => parts.flat().join(''))
/** Names of rows, the same on both databases and at every run. */
const ROWS = fc.sample(text, { numRuns: 40, seed: 11 })

const nameOf = (index: number): string =>
  index < ROWS.length ? `${ROWS[index]} r${index}` : `every ${index % 2 ? 'odd' : 'even'}`

/** Each of a list under the same name, of which every other one is of the other organisation. */
async function fill(work: OpenWork): Promise<void> {
  await work.transaction(async (stores) => {
    await stage(stores)
    for (let index = 0; index < COUNT; index++) {
      const name = nameOf(index)
      const organisation = index % 3 ? 'ours' : 'theirs'
      const origin = {
        kind: 'kit',
        id: organisation === 'ours' ? 'kit' : 'their kit',
        name: '',
        of: undefined,
      } as const
      const contact = { email: 'a@b.example', description: '' }
      const number = await stores.requests.insert(
        request(name, { organisation, origin, contact, machine: { ...request('').machine!, hostName: 'host' } }),
      )
      assert.equal(number, index + 1)
      const of = { organisation, commonName: name, subject: '', serial: `5e${String(index).padStart(6, '0')}` }
      await stores.certificates.insert(certificate(`${index}`, { ...of, issuedAt: day(index / 1_000) }))
      await stores.audit.append({
        ...{
          environment: 'production',
          organisation,
          at: NOW,
          action: 'request.submitted',
          outcome: 'done',
          facts: {},
        },
        ...{ actor: { kind: 'desk', name: 'desk' }, target: { kind: 'request', id: 'id', name } },
      })
    }
  })
}

const LISTS: Readonly<
  Record<
    string,
    {
      page: (stores: Readers, scope: Scope, query: object) => Promise<Page<unknown>>
      also: (index: number) => string
    }
  >
> = {
  requests: {
    page: ({ requests }, scope, query) => requests.page(scope, query),
    also: () => 'host a@b.example',
  },
  certificates: {
    page: ({ certificates }, scope, query) => certificates.page(scope, { ...query, now: NOW }),
    also: (index) => `5e${String(index).padStart(6, '0')}`,
  },
  log: { page: ({ audit }, scope, query) => audit.page(scope, query), also: () => 'desk id' },
}

/** What a search means, said without an index and without a database. */
function naive(list: string, scope: Scope, typed: string): string[] {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const split = (text: string) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const all = split(typed)
  const wanted = all.filter((word) => !all.some((other) => other !== word && other.startsWith(word)))
  const isSerial = /^([0-9a-f]{2}[ :.-]+){3,}[0-9a-f]{0,2}$/i.test(typed.trim())
  const serial = typed.replace(/[\s:.-]/g, '').toLowerCase()
  const found: string[] = []
  for (let index = COUNT - 1; index >= 0; index--) {
    if (scope.within && !scope.within.includes(index % 3 ? 'ours' : 'theirs')) continue
    const also = LISTS[list]!.also(index)
    const words = [...split(nameOf(index)), ...split(also)]
    const isNumber = (word: string) => list === 'requests' && word === String(index + 1)
    const named = wanted.every((word) => isNumber(word) || words.some((other) => other.startsWith(word)))
    const bySerial = list === 'certificates' && /^[0-9a-f]+$/.test(serial) && also.startsWith(serial)
    if ((wanted.length > 0 && named && !(isSerial && list === 'certificates')) || bySerial) found.push(String(index))
  }
  return found
}

const indexOf = (row: unknown): string => {
  const { number, id } = row as { number?: number; id?: string }
  return id ?? String(number! - 1)
}

eachDatabase('the index of words', ({ prepared, engine }) => {
  test('proposes what a look at every row finds, in requests, certificates and the log, for all and for one organisation', async () => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      await fill(work)
      if (engine === 'postgres') await ask(database, 'ANALYZE')
      const found = async (list: string, scope: Scope, search: string): Promise<string[]> => {
        const rows: unknown[] = []
        for (let after: string | undefined; ; ) {
          const query = { search, size: 200, ...(after === undefined ? {} : { after }) }
          const page = await work.read((stores) => LISTS[list]!.page(stores, scope, query))
          rows.push(...page.items)
          if (page.next === undefined) return rows.map(indexOf)
          after = page.next
        }
      }
      const begun = fc.tuple(text, fc.nat({ max: 12 })).map(([whole, length]) => [...whole].slice(0, length).join(''))
      const typed = fc.oneof(
        text,
        begun,
        fc.tuple(begun, begun).map(([one, other]) => `${one} ${other}`.toUpperCase()),
        fc.constantFrom(
          ...VOCABULARY,
          'every',
          'every odd',
          'odd even',
          'ev r1',
          '#7',
          'n° 12',
          '5e:00:00',
          '5e:00:00:1',
          '5E 00 00 12',
          '5E 000012',
          'ost',
          '%',
        ),
        fc.string({ unit: 'binary', maxLength: 6 }).map((some) => some.replaceAll('\0', '')),
      )
      const property = fc.asyncProperty(
        typed.filter((search) => search.trim() !== ''),
        fc.constantFrom(...Object.keys(LISTS)),
        fc.constantFrom(PRODUCTION, OURS, THEIRS),
        async (search, list, scope) => {
          const meant = list === 'requests' ? search.replace(/^n° /, '') : search
          assert.deepEqual(await found(list, scope, search), naive(list, scope, meant))
        },
      )
      await fc.assert(property, {
        numRuns: 150,
        examples: [
          ['every', 'log', OURS],
          ['odd even', 'requests', PRODUCTION],
        ],
      })

      for (const { search, sql } of await asked(engine)) {
        const words = engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
        const rows = await ask(database, `${words} ${sql}`)
        const plan = rows.map((row) => Object.values(row).join(' ')).join('\n')
        const context = `${search}: ${sql}\n${plan}`
        assert.match(plan, /SEARCH search_word USING|search_word_pkey/, context)
        assert.doesNotMatch(plan, /SCAN (search_word|request|certificate|audit_event)\b/, context)
        assert.doesNotMatch(plan, /Seq Scan on (search_word|request|certificate|audit_event)\b/, context)
        // Nor is the whole list walked in its order.
        assert.doesNotMatch(plan, /certificate USING INDEX certificate_(newest|of_organisation) /, context)
      }
    } finally {
      await work.close()
    }
  })
})

/** The queries of searches for a word that is rare, with their values in them. */
async function asked(engine: Engine): Promise<{ search: string; sql: string }[]> {
  const queries: { search: string; sql: string }[] = []
  for (const scope of [PRODUCTION, OURS]) {
    for (const search of ['r7', '5e 000012']) {
      const connection: DatabaseConnection = {
        executeQuery: async (query) => {
          queries.push({ search, sql: withValues(query) })
          return { rows: query.sql.startsWith('select count') ? [{ count: 1 } as never] : [] }
        },
        // biome-ignore lint/correctness/useYield: part of the interface
        async *streamQuery() {
          throw new Error('not asked for')
        },
      }
      const db = bind(engine, connection)
      await requestStore(db, NOTHING_TOLD).page(scope, { search })
      await requestStore(db, NOTHING_TOLD).page(scope, { search, state: 'pending', organisation: 'ours' })
      await certificateStore(db, { altered: () => {} }).page(scope, { search, now: NOW })
      await certificateStore(db, { altered: () => {} }).page(scope, {
        search,
        now: NOW,
        status: 'valid',
        profiles: ['workstation'],
      })
      await auditStore(db, NOTHING_TOLD).page(scope, { search, action: 'request.' })
    }
  }
  return queries
}
