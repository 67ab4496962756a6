import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { startJobs } from './jobs.ts'

const silent = pino({ level: 'silent' })
const never = 2 ** 30

test('a job that fails is logged, and the others run all the same', async () => {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  let ran = 0
  const failing = { name: 'failing', run: async () => Promise.reject(new Error('no')) }
  const jobs = startJobs([failing, { name: 'other', run: async () => ran++ }], log, never)
  await jobs.runNow()
  assert.equal(ran, 1)
  assert.match(lines.join(), /"job":"failing"/)
  await jobs.stop()
})

test('rounds never overlap, however often they are asked for', async () => {
  let inside = 0
  let most = 0
  const run = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await setTimeout(5)
    inside--
  }
  const jobs = startJobs([{ name: 'slow', run }], silent, 1)
  await Promise.all([jobs.runNow(), jobs.runNow(), setTimeout(30)])
  await jobs.stop()
  assert.equal(most, 1)
})

test('stopping waits for the job under way and begins no other', async () => {
  const done: string[] = []
  const first = { name: 'first', run: () => setTimeout(20).then(() => done.push('first')) }
  const second = { name: 'second', run: async () => done.push('second') }
  const jobs = startJobs([first, second], silent, never)
  void jobs.runNow()
  await setTimeout(1)
  await jobs.stop()
  assert.deepEqual(done, ['first'])
})

test('a job that takes as long as it is let is told of the stop', { timeout: 60_000 }, async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const run = (stopping: AbortSignal): Promise<void> =>
    new Promise((done) => {
      stopping.addEventListener('abort', () => done())
      begin()
    })
  const jobs = startJobs([{ name: 'long', run }], silent, never)
  void jobs.runNow()
  await begun
  await jobs.stop()
})
