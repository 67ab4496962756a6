import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { pino } from 'pino'
import type { Work } from '../core/work.ts'
import { makeReadiness } from './readiness.ts'
import { watchFiles } from './watch-files.ts'

test('files that are not where they were opened are told of once, by the part of readiness too, and when they are back', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line).level) })
  let areMoved = true
  const work: Work = {
    transaction: async () => (areMoved ? refuse('storage_moved', {}) : (undefined as never)),
    read: async () => undefined as never,
  }
  const watched = watchFiles(work, log)
  const look = makeReadiness([{ part: 'database', look: () => watched.transaction(async () => {}) }], { holds: 0 })
  for (let time = 0; time < 3; time++)
    await assert.rejects(look(), (error) => hasDeskCode(error, 'not_ready') && error.facts.part === 'files')
  areMoved = false
  await look()
  await look()
  assert.deepEqual(lines, [50, 40])
})
