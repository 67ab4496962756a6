import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { bothReady, makeReadiness } from './readiness.ts'

const notReady =
  (part: string, look = 'failed') =>
  (error: unknown) => {
    assert.ok(hasDeskCode(error, 'not_ready'))
    assert.deepEqual(error.facts, { part, look })
    return true
  }

test('F6: the first part that cannot do its work is named, with the reason for the log', async () => {
  const broken = { part: 'keys', look: () => Promise.reject(new Error('no such key')) } as const
  const good = { part: 'database', look: async () => {} } as const
  await makeReadiness([good])()
  await assert.rejects(makeReadiness([good, broken])(), (error) => {
    assert.match(String((error as Error).cause), /no such key/)
    return notReady('keys')(error)
  })
})

test('F6: what the database does not do is not told of the part that needed it', async () => {
  const away = async (): Promise<never> => refuse('storage_unavailable', {})
  await assert.rejects(makeReadiness([{ part: 'keys', look: away }])(), notReady('database'))
})

test('F6: asking often looks seldom, and whoever asks meanwhile shares the look', async () => {
  let looks = 0
  const look = async (): Promise<void> => {
    looks++
  }
  const often = makeReadiness([{ part: 'database', look }])
  await Promise.all([often(), often(), often()])
  await often()
  assert.equal(looks, 1)
  const always = makeReadiness([{ part: 'database', look }], { holds: 0 })
  await always()
  await always()
  assert.equal(looks, 3)
})

test('F5: of several that do not answer in time together, the slowest is named, and not who came last', {
  timeout: 60_000,
}, async () => {
  const slow = { part: 'database', look: () => pause(150) } as const
  const silent = { part: 'keys', look: () => new Promise<never>(() => {}) } as const
  await assert.rejects(makeReadiness([slow, slow, silent], { patience: 320 })(), notReady('database', 'late'))
  await assert.rejects(makeReadiness([silent, slow], { patience: 20 })(), notReady('keys', 'late'))
})

test('F5: the desk and the door’s own way to the database are asked at once: together they take as long as the slower', {
  timeout: 60_000,
}, async () => {
  const asked: string[] = []
  const { promise, reject } = Promise.withResolvers<void>()
  const ready = bothReady(
    () => {
      asked.push('desk')
      return promise
    },
    async () => void asked.push('own'),
  )()
  assert.deepEqual(asked, ['desk', 'own'])
  reject(new Error('the desk cannot'))
  await assert.rejects(ready, /the desk cannot/)
  const silent = (): Promise<void> => new Promise(() => {})
  await assert.rejects(
    bothReady(silent, () => Promise.reject(new Error('no way')))(),
    /no way/,
    'whichever cannot is enough',
  )
})

test('F5: a part that does not answer is not waited for, not asked twice at once, and good again when it answers', {
  timeout: 60_000,
}, async () => {
  let looks = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = (): Promise<void> => {
    looks++
    return promise
  }
  const ready = makeReadiness([{ part: 'database', look }], { patience: 20 })
  await assert.rejects(ready(), notReady('database', 'late'))
  await assert.rejects(ready(), notReady('database', 'late'))
  resolve()
  await ready()
  assert.equal(looks, 1)
})
