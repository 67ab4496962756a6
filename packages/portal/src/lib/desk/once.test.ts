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
