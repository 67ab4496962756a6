import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { pino } from 'pino'
import type { Work } from '../core/work.ts'
import { watchDamage } from './watch-damage.ts'

test('F13: a damaged page is told once, and remembered when others can still be read', async () => {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  let broken = true
  const work: Work = {
    transaction: async () => refuse('storage_unavailable', {}),
    read: async () => (broken ? refuse('storage_damaged', {}) : (undefined as never)),
  }
  const watched = watchDamage(work, log)
  await assert.rejects(watched.transaction(async () => {}))
  watched.requireSound()
  await assert.rejects(watched.read(async () => {}))
  await assert.rejects(watched.read(async () => {}))
  broken = false
  await watched.read(async () => {})
  assert.throws(
    () => watched.requireSound(),
    (error) => hasDeskCode(error, 'storage_damaged'),
  )
  assert.equal(lines.length, 1)
})
