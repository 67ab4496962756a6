import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page, PageQuery } from '../../core/paging.ts'
import { inSlices } from '../../core/slices.ts'
import type { Readers } from '../../core/work.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { AT_OURS, certificate, day, NOW, OURS, PRODUCTION, request, stage, THEIRS } from '../testing/samples.ts'
import { SLICE } from './paging.ts'

const COUNT = 2 * SLICE + 100

/** More rows of each kind than a search looks at in two queries, and half of them under each of two words. */
async function fill(work: OpenWork): Promise<void> {
  await work.transaction(async (stores) => {
    await stage(stores)
    for (let index = 0; index < COUNT; index++) {
      const name = index === 0 ? 'needle' : `ws-${index}-${index % 2 ? 'odd' : 'even'}`
      const number = await stores.requests.insert(request(name))
      const of = { commonName: name, subject: `CN=${name}`, subjectKey: name, issuedAt: day(index / 1_000) }
      await stores.certificates.insert(certificate(`${index}`, { ...of, request: number }))
      const target = { kind: 'request', id: String(number), name } as const
      const actor = { kind: 'person', name: 'Ada' }
      const event = {
        action: 'request.submitted',
        outcome: 'done',
        facts: {},
        ...AT_OURS,
        at: NOW,
        actor,
        target,
      } as const
      await stores.audit.append(event)
    }
  })
}

type Query = PageQuery & { readonly search?: string }
type Ask = (stores: Readers, query: Query) => Promise<Page<unknown>>
const LISTS: Readonly<Record<string, Ask>> = {
  requests: ({ requests }, query) => requests.page(PRODUCTION, query),
  'requests of an organisation': ({ requests }, query) => requests.page(OURS, query),
  certificates: ({ certificates }, query) => certificates.page(PRODUCTION, { ...query, now: NOW }),
  log: ({ audit }, query) => audit.page(PRODUCTION, query),
}

eachDatabase('a search in a long list', ({ fresh }) => {
  test('looks at so many rows in one query and no more, finds what is beyond them, and gives every row once', async () => {
    const work = await fresh()
    await fill(work)
    for (const [name, ask] of Object.entries(LISTS)) {
      for (const [search, found, queries] of [
        ['needle', 1, 1],
        ['ws nothing of the kind', 0, 1],
        // Each stands in very many rows, and never both in one: no index helps, and there is nothing to find.
        ['odd even', 0, 3],
        ['ws-', 50, 1],
      ] as const) {
        let asked = 0
        const page = await inSlices({ elapsed: () => 0 }, { search } as Query, (query) => {
          asked++
          return work.read((stores) => ask(stores, query))
        })
        assert.deepEqual([page.items.length, asked], [found, queries], `${name}: ${search}`)
        assert.equal(page.next !== undefined, search === 'ws-', name)
      }
    }
    const theirs = await work.read(({ requests }) => requests.page(THEIRS, { search: 'needle' }))
    assert.deepEqual(theirs, { items: [] })

    // Every row once, however the pages are cut.
    for (const [name, ask] of Object.entries(LISTS)) {
      const seen = new Set<string>()
      let after: string | undefined
      let rows = 0
      do {
        const query: Query = { search: 'ws-', size: 200, ...(after === undefined ? {} : { after }) }
        const page = await work.read((stores) => ask(stores, query))
        for (const item of page.items as { number?: number; id?: string }[]) seen.add(String(item.id ?? item.number))
        rows += page.items.length
        after = page.next
      } while (after !== undefined)
      assert.deepEqual([rows, seen.size], [COUNT - 1, COUNT - 1], name)
    }
  })
})
