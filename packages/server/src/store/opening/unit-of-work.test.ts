import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import type { SettingStore } from '../../core/settings/setting.port.ts'
import type { Stores } from '../../core/work.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'

eachDatabase('a unit of work', ({ fresh, where, engine }) => {
  test('is stored when it resolves, and read afterwards', async () => {
    const work = await fresh()
    const answer = await work.transaction(async ({ settings }) => {
      await settings.set('desk', 'one')
      return settings.get('desk')
    })
    assert.equal(answer, 'one')
    assert.equal(await work.read(({ settings }) => settings.get('desk')), 'one')
  })

  test('that fails is rolled back, alone, and says its own reason', async () => {
    const work = await fresh()
    const reason = new Error('a rule said no')
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        work.transaction(async ({ settings }) => {
          await settings.set(`key ${index}`, 'written')
          if (index % 3 === 0) throw reason
        }),
      ),
    )
    for (const [index, outcome] of outcomes.entries()) {
      const failed = index % 3 === 0
      assert.deepEqual(outcome, failed ? { status: 'rejected', reason } : { status: 'fulfilled', value: undefined })
      assert.equal(await work.read(({ settings }) => settings.get(`key ${index}`)), failed ? undefined : 'written')
    }
  })

  test('whose statement failed is not committed, even when it swallows the failure', async () => {
    const work = await fresh()
    const append = (stores: Stores) =>
      stores.audit.append({
        environment: 'imagined' as 'production',
        at: '2026-01-01T00:00:00.000Z',
        action: 'request.submitted',
        outcome: 'done',
        actor: { kind: 'desk', name: 'test' },
        target: { kind: 'desk', id: 'desk' },
        facts: {},
      })
    const run = work.transaction(async (stores) => {
      await stores.settings.set('half', 'done')
      await append(stores).catch(() => {})
    })
    await assert.rejects(run, /check|constraint/i)
    assert.equal(await work.read(({ settings }) => settings.get('half')), undefined)
  })

  test('does not lose an addition when many add at once', async () => {
    const work = await fresh()
    const add = () =>
      work.transaction(async ({ settings }) => {
        const count = Number((await settings.get('count')) ?? '0')
        await settings.set('count', String(count + 1))
      })
    await Promise.all(Array.from({ length: 40 }, add))
    assert.equal(await work.read(({ settings }) => settings.get('count')), '40')
  })

  test('that is run again finds what the other one stored: one of many wins', async () => {
    const work = await fresh()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        work.transaction(({ nonces }) => nonces.spend('the nonce', '2026-01-01T00:00:00.000Z')),
      ),
    )
    assert.equal(outcomes.filter(Boolean).length, 1)
  })

  test('may ask several stores at once', async () => {
    const work = await fresh()
    const answers = await work.transaction(async ({ settings, nonces }) => {
      await Promise.all([settings.set('a', '1'), settings.set('b', '2'), nonces.spend('n', '2026-01-01T00:00:00.000Z')])
      return Promise.all([settings.get('a'), settings.get('b'), nonces.spend('n', '2026-01-01T00:00:00.000Z')])
    })
    assert.deepEqual(answers, ['1', '2', false])
  })

  test('has no stores left when it is over', async () => {
    const work = await fresh()
    const kept = await work.transaction(async (stores) => ({ stores }))
    await assert.rejects(kept.stores.settings.set('late', 'write'), /over/)
    assert.equal(await work.read(({ settings }) => settings.get('late')), undefined)
  })

  test('that only reads cannot write', async () => {
    const work = await fresh()
    await assert.rejects(
      work.read(({ settings }) => (settings as SettingStore).set('a', '1')),
      /read.?only/i,
    )
    assert.equal(await work.read(({ settings }) => settings.get('a')), undefined)
  })

  // Readers of SQLite take one turn of the event loop, in which nobody else gets a word in.
  if (engine === 'postgres') {
    test('that reads sees one state from beginning to end', async () => {
      const work = await fresh()
      await work.transaction(({ settings }) => settings.set('a', 'before'))
      const seen = await work.read(async ({ settings }) => {
        const first = await settings.get('a')
        await work.transaction((other) => other.settings.set('a', 'after'))
        return [first, await settings.get('a')]
      })
      assert.deepEqual(seen, ['before', 'before'])
    })
  }

  test('survives closing, and a closed database refuses the next', async () => {
    const database = await where()
    const first = await openSample(database)
    const written = first.transaction(({ settings }) => settings.set('kept', 'yes'))
    await Promise.all([written, first.close()])
    await first.close()
    await assert.rejects(first.transaction(async () => {}))
    await assert.rejects(first.read(async () => {}))
    const second = await openSample(database)
    assert.equal(await second.read(({ settings }) => settings.get('kept')), 'yes')
    await second.close()
  })

  test('is shared by desks that open the same database, and make its tables once', async () => {
    const database = await where()
    const open = () => openSample(database)
    // Two writers of SQLite in one thread would wait for each other; desks are processes (see kill.test.ts).
    const works = engine === 'sqlite' ? [await open(), await open()] : await Promise.all([open(), open(), open()])
    await works[0]!.transaction(({ settings }) => settings.set('a', '1'))
    for (const work of works) {
      assert.equal(await work.read(({ settings }) => settings.get('a')), '1')
      await work.close()
    }
  })
})

test('a database that is not there is storage_unavailable', async () => {
  const nobody = openSample({ kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/nothing' })
  await assert.rejects(nobody, (error) => hasDeskCode(error, 'storage_unavailable'))
})
