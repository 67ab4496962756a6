import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { DeskError, hasDeskCode } from '@scel/contract/errors'
import { NotAnswered, openLine } from './line.ts'

type Asked = {
  readonly double: (number: number) => Promise<number>
  readonly refuse: (what: 'desk' | 'system') => Promise<never>
  readonly never: (nothing: undefined) => Promise<void>
}

function ends(t: { after(act: () => void): void }) {
  const { port1, port2 } = new MessageChannel()
  t.after(() => port1.close())
  openLine(port2 as MessagePort, {
    double: async (number: number) => number * 2,
    refuse: async (what: string) => {
      const system = Object.assign(new Error('listen'), { code: 'EADDRINUSE', syscall: 'listen', port: 8080 })
      throw what === 'desk' ? new DeskError('not_ready', { part: 'clock', look: 'failed' }, system) : system
    },
    never: () => new Promise(() => {}),
  })
  return openLine<Asked>(port1 as MessagePort, {})
}

test('answers come to whoever asked, refusals with their codes', async (t) => {
  const line = ends(t)
  assert.deepEqual(await Promise.all([line.ask('double', 2, 5_000), line.ask('double', 3, 5_000)]), [4, 6])
  await assert.rejects(line.ask('refuse', 'desk', 5_000), (error) => {
    assert.ok(hasDeskCode(error, 'not_ready') && error.facts.part === 'clock')
    return (error.cause as { code?: string }).code === 'EADDRINUSE'
  })
  await assert.rejects(line.ask('refuse', 'system', 5_000), { code: 'EADDRINUSE', syscall: 'listen', port: 8080 })
})

test('who is busy is not waited for beyond the limit, who is gone not at all', async (t) => {
  const line = ends(t)
  await assert.rejects(line.ask('never', undefined, 10), NotAnswered)
  const waiting = line.ask('never', undefined, 60_000)
  line.cut(new Error('gone'))
  await assert.rejects(waiting, /gone/)
  await assert.rejects(line.ask('double', 1, 60_000), /gone/)
})
