import assert from 'node:assert/strict'
import { test } from 'node:test'
import { once } from './once.ts'
import { Refusal } from './refusal.ts'

const lost = async (): Promise<never> => {
  throw new Refusal('answer_lost')
}
const refused = async (status: number): Promise<never> => {
  const problem = { type: 'x', code: 'kit_unknown', status, title: '', detail: 'd', hint: 'h', facts: {} }
  throw new Refusal('kit_unknown', problem)
}

test('a wish whose answer was lost keeps its key until there is an answer, and another wish has another', async () => {
  const keys: string[] = []
  const ask = (wish: string, end: () => Promise<unknown>) =>
    once(wish, async (key) => {
      keys.push(key)
      return end()
    })
  await assert.rejects(ask('a', lost), { code: 'answer_lost_once' })
  await assert.rejects(
    ask('a', () => refused(503)),
    { code: 'kit_unknown' },
  )
  await ask('b', async () => 'done')
  assert.equal(await ask('a', async () => 'done'), 'done')
  await assert.rejects(
    ask('a', () => refused(409)),
    { code: 'kit_unknown' },
  )
  await ask('a', async () => 'done')
  const [first, again, other, answered, next, last] = keys
  assert.deepEqual([again, answered], [first, first])
  assert.equal(new Set([first, other, next, last]).size, 4)
  for (const key of keys) assert.match(key, /^[A-Za-z0-9_-]{43}$/)
})

test('a lost answer: a refusal that says nothing of the wish does not make the next click another wish', async () => {
  const keys: string[] = []
  const ask = (wish: string, end: () => Promise<unknown>) =>
    once(wish, async (key) => {
      keys.push(key)
      return end()
    })
  await assert.rejects(ask('c', lost), { code: 'answer_lost_once' })
  for (const status of [401, 403, 408, 413, 415, 429, 503, 507]) await assert.rejects(ask('c', () => refused(status)))
  assert.equal(await ask('c', async () => 'made'), 'made')
  assert.equal(new Set(keys).size, 1)
  // Of what it never lost an answer to, and of what it refuses under this key, the desk has made nothing.
  for (const [before, status] of [
    [() => refused(403), 429],
    [lost, 400],
    [lost, 404],
    [lost, 409],
    [lost, 422],
  ] as const) {
    keys.length = 0
    await assert.rejects(ask('d', before))
    await assert.rejects(ask('d', () => refused(status)))
    await ask('d', async () => 'made')
    assert.equal(keys[2] === keys[0], false, String(status))
  }
})
