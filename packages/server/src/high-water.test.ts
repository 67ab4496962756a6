import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { rulesDeskOn } from '../test/rules-desk.ts'
import type { DeskActor } from './core/actor.ts'
import { record } from './core/audit/record.ts'
import type { Work } from './core/work.ts'
import { instant, MINUTE } from './core/world.ts'
import { openSample } from './store/testing/sample-work.ts'
import { type Postgres, postgresMissing, withPostgres } from './testing/postgres.ts'
import { openTcpProxy, type TcpProxy, type Wire } from './testing/tcp-proxy.ts'

const SOMEBODY: DeskActor = { kind: 'desk', name: 'deliveries' }

describe('the mark beside the keys, over a wire to PostgreSQL', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let count = 0
  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster.stop())

  const scene = async () => {
    const url = await cluster.createDatabase(`desk${++count}`)
    const proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) })
    const work = await openSample({ kind: 'postgres', url: proxy.through(url) })
    const desk = await rulesDeskOn(work)
    const list = (await work.read(({ authorities }) => authorities.all()))[0]!.id
    const close = async (): Promise<void> => {
      await work.close()
      await proxy.close()
    }
    return { proxy, work, desk, list, close }
  }

  /** A unit with a line of the log whose COMMIT lies still on the wire; ends when that is let go. */
  const slowUnit = async (proxy: TcpProxy, work: Work) => {
    const { promise: held, resolve: holds } = Promise.withResolvers<Wire>()
    proxy.onSent = (bytes, wire) => {
      if (!bytes.includes('COMMIT')) return true
      proxy.onSent = undefined
      holds(wire)
      return 'wait'
    }
    const stored = work.transaction(async (stores) => {
      const line = {
        ...{ environment: 'production' as const, at: instant(new Date('2026-01-01')) },
        ...{ action: 'desk.restore_accepted' as const, target: { kind: 'desk' as const, id: 'x' } },
      }
      await record(stores, SOMEBODY, line)
    })
    const wire = await held
    return {
      end: async () => {
        wire.thaw()
        await stored
      },
    }
  }

  test('M11: a commit slower than two lists is no altered log, and its line is chained like the others', async () => {
    const { proxy, work, desk, list, close } = await scene()
    const { highWater, revocation } = desk.core
    try {
      desk.later(6 * MINUTE)
      await highWater.advance()
      const slow = await slowUnit(proxy, work)
      await revocation.publish(list)
      desk.later(MINUTE)
      await revocation.publish(list)
      await slow.end()
      assert.equal(await highWater.look(), undefined)
      for (let round = 0; round < 3; round++) {
        desk.later(6 * MINUTE)
        await highWater.advance()
      }
      assert.equal(await highWater.look(), undefined)
    } finally {
      await close()
    }
  })

  test('M11: a copy that is accepted while another desk is storing a line is whole when the line is there', async () => {
    const { proxy, work, desk, list, close } = await scene()
    const { highWater, revocation } = desk.core
    try {
      const slow = await slowUnit(proxy, work)
      assert.deepEqual(await highWater.accept(), [])
      await slow.end()
      assert.equal(await highWater.look(), undefined)
      await revocation.publish(list)
      assert.equal(await highWater.look(), undefined)
    } finally {
      await close()
    }
  })
})
