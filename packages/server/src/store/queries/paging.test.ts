import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { type Page, type PageQuery, writeCursor } from '../../core/paging.ts'
import type { Readers, Stores } from '../../core/work.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { certificate, day, kit, NOW, organisation, PRODUCTION, person, request, stage } from '../testing/samples.ts'

type List = (stores: Readers, query: PageQuery) => Promise<Page<unknown>>

/** Keys of the right kind that no row has, and that PostgreSQL has no type for. */
const HOSTILE = [writeCursor(1e300), writeCursor(0.5), writeCursor('\0'), writeCursor('a', '\0')]

/** Every list: how to read it, how to put one more row before all others and one after, and what its rows are called. */
const LISTS: Record<
  string,
  { read: List; add: (stores: Stores, name: string, place: number) => Promise<unknown>; name: (row: never) => string }
> = {
  organisations: {
    read: ({ organisations }, query) => organisations.page(PRODUCTION, { ...query, now: NOW }),
    add: ({ organisations }, name, place) =>
      organisations.insert(organisation(name, { code: `p${String(place).padStart(5, '0')}` })),
    name: ({ id }: { id: string }) => id,
  },
  people: {
    read: ({ people }, query) => people.page(PRODUCTION, { ...query, now: NOW }),
    // Pairs share a name, so that the second column of the key decides.
    add: ({ people }, name, place) =>
      people.insert(person(name, { name: `Élodie ${String(Math.floor(place / 2)).padStart(5, '0')}` })),
    name: ({ id }: { id: string }) => id,
  },
  kits: {
    read: ({ kits }, query) => kits.page(PRODUCTION, { ...query, now: NOW }),
    add: ({ kits }, name, place) => kits.insert(kit(name, { createdAt: day(-Math.floor(place / 3)) })),
    name: ({ id }: { id: string }) => id,
  },
  certificates: {
    read: ({ certificates }, query) => certificates.page(PRODUCTION, { ...query, now: NOW }),
    add: ({ certificates }, name, place) =>
      certificates.insert(certificate(name, { issuedAt: day(-Math.floor(place / 3)) })),
    name: ({ id }: { id: string }) => id,
  },
  requests: {
    read: ({ requests }, query) => requests.page(PRODUCTION, query),
    add: ({ requests }, name) => requests.insert(request(name)),
    name: ({ commonName }: { commonName: string }) => commonName,
  },
}

eachDatabase('paging', ({ fresh }) => {
  for (const [list, { read, add, name }] of Object.entries(LISTS)) {
    test(`${list}: every row once, while others come before and after`, async () => {
      const work = await fresh()
      const rows = 25
      const made = Array.from({ length: rows }, (_, index) => `row-${String(index).padStart(2, '0')}`)
      await work.transaction(async (stores) => {
        await stage(stores)
        for (const [index, row] of made.entries()) await add(stores, row, 100 + index * 7)
      })
      const shown: string[] = []
      let query: PageQuery = { size: 4 }
      for (let page = 0; ; page++) {
        const { items, next } = await work.read((stores) => read(stores, query))
        assert.ok(items.length <= 4)
        shown.push(...items.map((row) => name(row as never)))
        if (next === undefined) break
        query = { size: 4, after: next }
        await work.transaction(async (stores) => {
          await add(stores, `early-${page}`, page)
          await add(stores, `late-${page}`, 90_000 + page)
        })
      }
      assert.equal(new Set(shown).size, shown.length, 'no row twice')
      assert.deepEqual(shown.filter((row) => row.startsWith('row-')).sort(), made)
    })

    test(`${list}: a page that ends with the list has no next one`, async () => {
      const work = await fresh()
      await work.transaction(stage)
      const [before] = await pages(work, read)
      await work.transaction(async (stores) => {
        for (let n = before!.items.length; n < 4; n++) await add(stores, `row-${n}`, 100 + n)
      })
      const { items, next } = await work.read((stores) => read(stores, { size: 4 }))
      assert.deepEqual([items.length, next], [4, undefined])
    })

    test(`${list}: a cursor of another list is refused`, async () => {
      const work = await fresh()
      for (const after of [
        '',
        'garbage',
        writeCursor(true as never),
        writeCursor('a', 'b', 'c'),
        writeCursor(),
        ...HOSTILE,
      ]) {
        await assert.rejects(
          work.read((stores) => read(stores, { after })),
          (error) => hasDeskCode(error, 'cursor_invalid'),
        )
      }
    })
  }
})

const pages = async (work: OpenWork, read: List): Promise<Page<unknown>[]> => [
  await work.read((stores) => read(stores, { size: 200 })),
]
