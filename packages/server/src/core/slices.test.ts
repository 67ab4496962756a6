import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page, PageQuery } from './paging.ts'
import { inSlices } from './slices.ts'

type Query = PageQuery & { readonly search?: string }

/** A list of so many numbers, of which a search sees ten at once. */
function list(length: number, matching: (number: number) => boolean) {
  const asked: Query[] = []
  const page = async (query: Query): Promise<Page<number>> => {
    asked.push(query)
    const from = Number(query.after ?? 0)
    const until = Math.min(length, from + 10)
    const items: number[] = []
    for (let number = from; number < until; number++) {
      if (!matching(number)) continue
      items.push(number)
      if (items.length === query.size) return { items, next: String(number + 1) }
    }
    return until < length ? { items, next: String(until) } : { items }
  }
  return { asked, page }
}

const still = { elapsed: () => 0 }

test('a search goes on through a long list until its page is full, and gives the key of the next', async () => {
  const { asked, page } = list(100, (number) => number % 20 === 19)
  const first = await inSlices(still, { search: 'x', size: 3 }, page)
  assert.deepEqual(first, { items: [19, 39, 59], next: '60' })
  assert.equal(asked.length, 6)
  const second = await inSlices(still, { search: 'x', size: 3, after: '60' }, page)
  assert.deepEqual(second, { items: [79, 99] })
})

test('a search that finds nothing looks at every row, in slices', async () => {
  const { asked, page } = list(100, () => false)
  assert.deepEqual(await inSlices(still, { search: 'x' }, page), { items: [] })
  assert.equal(asked.length, 10)
})

test('a search that takes too long ends where it is, and can be gone on with', async () => {
  let elapsed = 0
  const world = {
    elapsed: () => {
      elapsed += 700
      return elapsed
    },
  }
  const { asked, page } = list(100, (number) => number === 95)
  const first = await inSlices(world, { search: 'x' }, page)
  assert.deepEqual(first.items, [])
  assert.equal(first.next, String(asked.length * 10))
  assert.ok(asked.length < 5)
  const rest = await inSlices(still, { search: 'x', after: first.next! }, page)
  assert.deepEqual(rest, { items: [95] })
})

test('a list whose first pages have nothing that counts is gone on with, also where nobody searches', async () => {
  const { asked, page } = list(100, (number) => number >= 35)
  assert.deepEqual(await inSlices(still, { size: 2 }, page), { items: [35, 36], next: '37' })
  assert.equal(asked.length, 4)
})

test('a page that is full is asked once', async () => {
  const { asked, page } = list(100, () => true)
  assert.equal((await inSlices(still, { size: 5 }, page)).items.length, 5)
  assert.equal(asked.length, 1)
})
