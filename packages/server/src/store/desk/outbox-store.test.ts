import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { OutboxEvent } from '../../core/outbox/live-event.ts'
import { eachDatabase } from '../testing/each-database.ts'

const event = (target: string, more: Partial<OutboxEvent> = {}): OutboxEvent => ({
  environment: 'production',
  kind: 'request',
  target,
  at: '2026-01-01T00:00:00.000Z',
  ...more,
})
const SCOPE = { environment: 'production' } as const

eachDatabase('the outbox', ({ fresh, engine }) => {
  test('gives events in their order, after an id, of the scope and the kinds asked for', async () => {
    const work = await fresh()
    await work.transaction(async ({ outbox }) => {
      assert.equal(await outbox.latest(), 0)
      await outbox.append(event('1', { state: 'pending' }))
      await outbox.append(event('2', { organisation: 'ours' }))
      await outbox.append(event('3', { environment: 'test' }))
      await outbox.append(event('4', { kind: 'kit', organisation: 'ours' }))
    })
    await work.read(async ({ outbox }) => {
      const all = await outbox.after(SCOPE, 0, { limit: 10 })
      assert.deepEqual(
        all.map(({ target }) => target),
        ['1', '2', '4'],
      )
      assert.deepEqual({ ...all[0], id: 0 }, { id: 0, ...event('1', { state: 'pending' }) })
      const targets = async (...asked: Parameters<typeof outbox.after>) =>
        (await outbox.after(...asked)).map(({ target }) => target)
      assert.deepEqual(await targets(SCOPE, all[0]!.id, { limit: 1 }), ['2'])
      assert.deepEqual(await targets(SCOPE, 0, { kinds: ['kit'], limit: 10 }), ['4'])
      assert.deepEqual(await targets({ ...SCOPE, within: ['ours'] }, 0, { limit: 10 }), ['2', '4'])
      assert.equal(await outbox.latest(), all.at(-1)!.id)
    })
  })

  test('forgets what is old, but for the newest, and never gives an id again', async () => {
    const work = await fresh()
    for (const target of ['old', 'newest']) await work.transaction(({ outbox }) => outbox.append(event(target)))
    const before = await work.read(({ outbox }) => outbox.latest())
    assert.equal(await work.transaction(({ outbox }) => outbox.purge('2026-01-01T00:00:00.001Z')), 1)
    await work.transaction(({ outbox }) => outbox.append(event('new')))
    const left = await work.read(({ outbox }) => outbox.after(SCOPE, 0, { limit: 10 }))
    assert.deepEqual(
      left.map(({ target }) => target),
      ['newest', 'new'],
    )
    assert.ok(left[1]!.id > before)
  })

  test('shows a listener every event once, whatever order the units are committed in', async () => {
    const work = await fresh()
    const written = new Set<string>()
    const lanes = 8
    const write = async (lane: number): Promise<void> => {
      for (let n = 0; n < 15; n++) {
        const name = `${lane}-${n}`
        await work.transaction(async ({ outbox, settings }) => {
          await settings.set(name, '')
          // On PostgreSQL a unit takes its time between its events and its commit, and others overtake it.
          if (engine === 'postgres' && n % 2) await pause(Math.random() * 8)
          await outbox.append(event(`${name}/a`))
          if (engine === 'postgres') await pause(Math.random() * 8)
          await outbox.append(event(`${name}/b`))
        })
        written.add(`${name}/a`).add(`${name}/b`)
      }
    }
    let writing = true
    const seen: string[] = []
    const listen = async (): Promise<void> => {
      let last = 0
      // The newest may stay hidden for a while: any older transaction of the cluster that is under way holds them back.
      for (let idle = 0; writing || (seen.length < lanes * 30 && idle < 300); ) {
        const events = await work.read(({ outbox }) => outbox.after(SCOPE, last, { limit: 7 }))
        seen.push(...events.map(({ target }) => target))
        last = events.at(-1)?.id ?? last
        if (events.length === 0) await pause(writing ? 1 : 20)
        idle = events.length === 0 ? idle + 1 : 0
      }
    }
    const listening = listen()
    await Promise.all(Array.from({ length: lanes }, (_, lane) => write(lane)))
    writing = false
    await listening
    assert.equal(seen.length, lanes * 30)
    assert.deepEqual(new Set(seen), written)
  })
})
