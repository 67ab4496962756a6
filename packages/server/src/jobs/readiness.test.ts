import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { makeReadiness } from './readiness.ts'

const notReady = (part: string) => (error: unknown) => hasDeskCode(error, 'not_ready') && error.facts.part === part

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
  await assert.rejects(ready(), notReady('database'))
  await assert.rejects(ready(), notReady('database'))
  resolve()
  await ready()
  assert.equal(looks, 1)
})
