import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  coreOn,
  DAY,
  firstAdministrator,
  type RulesDesk,
  rulesDeskOn,
  signedInAgain,
  takeMark,
} from '../../../test/rules-desk.ts'
import { openWork } from '../../store/index.ts'
import { ask } from '../../store/testing/ask.ts'
import { TABLES } from '../../store/testing/preparation.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import type { Authority } from '../authorities/authority.ts'
import type { Stores, Work } from '../work.ts'
import { createHighWater, type Older } from './high-water.ts'
import { createLastLine } from './last-line.ts'
import type { Mark } from './mark.port.ts'

const OF_LINES = `environment, organisation, at, action, outcome, actor_kind, actor_id, actor_name, actor_from, target_kind, target_id,
  target_name, search, facts, leaf, hash, salts, row_code`

const issuingOf = async ({ work }: RulesDesk): Promise<Authority> =>
  (await work.read(({ authorities }) => authorities.all())).find(({ keyId }) => keyId === 'production-machines')!

/** Notes of which authorities the octets of a list are read. */
function countingReads(work: Work): { readonly work: Work; readonly read: string[] } {
  const read: string[] = []
  const noting = ({ crls, ...stores }: Stores): Stores => {
    const numbered = (authority: string, number: number) => crls.numbered(read[read.push(authority) - 1]!, number)
    return { ...stores, crls: { ...crls, numbered } }
  }
  return {
    read,
    work: {
      read: (run) => work.read((stores) => run(noting(stores as Stores))),
      transaction: (run) => work.transaction((stores) => run(noting(stores))),
    },
  }
}

/** Takes a key away until the answer is called. */
function takeAway({ signers }: RulesDesk, keyId: string): () => void {
  const { open } = signers
  signers.open = (id) => (id === keyId ? refuse('authority_unavailable', { purpose: id }) : open(id))
  return () => {
    signers.open = open
  }
}

const numberOf = async (work: Work, { id }: Authority): Promise<number> =>
  (await work.read(({ crls }) => crls.newest(id)))!.number

eachRulesDatabase('the mark beside the keys', ({ where, prepared, fresh, opened }) => {
  test('M11: a copy is accepted while a key is away, and the list of that key goes above all numbers when it is back', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const issuing = await issuingOf(desk)
    const before = await numberOf(work, issuing)
    const bring = takeAway(desk, issuing.keyId)
    const { highWater, revocation } = coreOn(work, desk.signers, {}, desk.world)
    const above = Math.floor(desk.now().getTime() / 1_000)
    const unpublished = await highWater.accept()
    assert.deepEqual(
      unpublished.map(({ authority, reason }) => [authority.id, hasDeskCode(reason, 'authority_unavailable')]),
      [[issuing.id, true]],
    )
    assert.equal(await highWater.look(), undefined)
    for (const authority of await work.read(({ authorities }) => authorities.all())) {
      if (authority.id === issuing.id) assert.equal(await numberOf(work, authority), before)
      else assert.ok((await numberOf(work, authority)) > above, authority.name)
    }
    await assert.rejects(revocation.publishDue(), 'it is due, and waits for its key')
    bring()
    const later = await desk.restart()
    assert.ok((await numberOf(work, issuing)) > above, 'no number is used twice')
    assert.deepEqual(await later.revocation.due(), [])
  })

  test('M11: a copy that went on with other revocations is noticed, though it has as many lists', async () => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      const desk = await rulesDeskOn(work)
      const issuing = await issuingOf(desk)
      await desk.core.revocation.publish(issuing.id)
      const number = await numberOf(work, issuing)
      await ask(database, `DELETE FROM crl WHERE authority = '${issuing.id}' AND number = ${number}`)
      // The same desk elsewhere: the same keys, and no mark of what was published here.
      const elsewhere = coreOn(work, { ...desk.signers }, {}, desk.world)
      await elsewhere.revocation.publish(issuing.id)
      assert.equal(await numberOf(work, issuing), number)
      assert.deepEqual((await desk.core.highWater.look())?.others, [{ authority: issuing.id, number }])
      await elsewhere.revocation.publish(issuing.id)
      assert.deepEqual((await desk.core.highWater.look())?.others, [{ authority: issuing.id, number }])
      await desk.core.highWater.accept()
      assert.equal(await desk.core.highWater.look(), undefined)
    } finally {
      await work.close()
    }
  })

  test('into the database of another desk that takes the place of its own nothing is written, not who was refused either (flt14 F7)', async () => {
    const theirs = await where()
    await TABLES.prepare(theirs)
    const others = await openWork(theirs, { codeOf: (text) => `theirs ${text.length}` })
    await rulesDeskOn(others)
    await others.close()
    const [mine, exchanged] = [await fresh(), await openSample(theirs)]
    let now = mine
    try {
      const work: Work = {
        read: (run) => now.read(run),
        transaction: (run, order) => now.transaction(run, order),
      }
      const { core } = await rulesDeskOn(work)
      const ada = await firstAdministrator(core)
      const lines = async () => Number((await ask(theirs, 'SELECT count(*) AS lines FROM audit_event'))[0]?.lines)
      const before = await lines()
      now = exchanged
      assert.ok(await core.highWater.look())
      await assert.rejects(signedInAgain(core, ada), (error: { code?: string }) => error.code !== undefined)
      await assert.rejects(core.organisations.create(ada.actor, { code: 'X', name: 'X', country: 'FR' }))
      assert.equal(await lines(), before)
    } finally {
      await exchanged.close()
    }
  })

  test('a desk that has just begun knows the last line that is there, and stored none itself (flt15 N1)', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    await desk.core.highWater.advance()
    const { highWater } = coreOn(work, desk.signers, {}, desk.world)
    assert.equal(await highWater.look(), undefined)
    await work.read((stores) => highWater.meet(stores))
    assert.equal(highWater.older, undefined)
    await highWater.meet({ audit: { leafOf: async () => undefined } as never })
    assert.equal((highWater.older as Older | undefined)?.log, 'cut')
  })

  test('a line that somebody copied to a far number is not the last one of the desk, which goes on (flt16 P1)', async () => {
    const { work, database } = await opened()
    const desk = await rulesDeskOn(work)
    const far = `INSERT INTO audit_event (number, ${OF_LINES}) SELECT 1000000, ${OF_LINES} FROM audit_event WHERE number = 2`
    if (database.kind === 'sqlite') return assert.rejects(ask(database, far), /append-only/)
    await ask(database, "SELECT setval('audit_event_count', 1000000)")
    await ask(database, far)
    await ask(database, "SELECT setval('audit_event_count', 100)")
    const { highWater, revocation } = desk.core
    await highWater.look()
    await revocation.publish((await issuingOf(desk)).id)
    assert.equal(highWater.older, undefined)
    assert.equal(await highWater.look(), undefined)
  })

  test('a list is read for its digest when it is another one and at a look, and no more', async () => {
    const counting = countingReads(await fresh())
    const desk = await rulesDeskOn(counting.work)
    const { revocation, highWater } = desk.core
    const issuing = await issuingOf(desk)
    const all = (await desk.work.read(({ authorities }) => authorities.all())).map(({ id }) => id)
    counting.read.length = 0
    await highWater.advance()
    await highWater.advance()
    assert.deepEqual(counting.read, [])
    await revocation.publish(issuing.id)
    assert.deepEqual(new Set(counting.read), new Set([issuing.id]))
    counting.read.length = 0
    await highWater.advance()
    assert.deepEqual(counting.read, [])
    assert.equal(await highWater.look(), undefined)
    assert.deepEqual(counting.read.toSorted(), all.toSorted())
  })

  test('M11: a mark that was taken away beside a log is missed; an accepted database has a new one', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const without = coreOn(work, desk.signers, {}, desk.world)
    takeMark(desk.signers)
    const missed = (error: unknown): boolean => hasDeskCode(error, 'mark_missing')
    await assert.rejects(without.highWater.look(), missed)
    await assert.rejects(without.highWater.advance(), missed)
    await assert.rejects(without.start(), missed)
    await without.highWater.accept()
    assert.equal(await without.highWater.look(), undefined)
  })

  test('M11: a desk that never had a mark is not asked for one, though another desk of its database has; from then on it compares', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const another = { ...desk.signers }
    const second = coreOn(work, another, {}, desk.world)
    assert.equal(await second.highWater.look(), undefined)
    assert.ok(second.highWater.newcomer, 'it is told that it has compared nothing')
    await second.start()
    assert.equal(second.highWater.newcomer, undefined)
    assert.equal(desk.core.highWater.newcomer, undefined)
    const own = coreOn(work, another, {}, desk.world)
    takeMark(another)
    await assert.rejects(own.highWater.look(), (error) => hasDeskCode(error, 'mark_missing'))
  })

  test('the end of the log is remembered with its places, whatever the clock says', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const size = (): number => desk.core.highWater.tree!.size
    const before = size()
    assert.equal(before, await work.read(({ log }) => log.placed()))
    desk.clockOff(20 * DAY)
    await desk.core.revocation.publish((await issuingOf(desk)).id)
    await desk.core.log.run()
    assert.ok(size() > before)
    assert.equal(await desk.core.highWater.look(), undefined)
  })

  test('F6: a mark that cannot be written is told until it is, and what was missed is written then', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const marks: Mark[] = []
    let broken: 'write' | 'try' | undefined
    const highWater = createHighWater({
      work,
      world: desk.world,
      lastLine: createLastLine(),
      reconnect: () => {},
      report: () => {},
      forged: () => {},
      keeper: {
        read: async () => marks.at(-1),
        isFirst: async () => true,
        write: async (mark) => {
          if (broken === 'write') throw new Error('no room')
          marks.push(mark)
        },
        tryOut: async () => {
          if (broken) throw new Error(`no ${broken}`)
        },
      },
    })
    await highWater.accept(async () => [])
    await highWater.requireWritable()
    assert.equal(marks.length, 1)
    broken = 'write'
    await desk.core.revocation.publish((await issuingOf(desk)).id)
    await assert.rejects(highWater.advance(), /no room/)
    await assert.rejects(highWater.requireWritable(), /no room/)
    broken = undefined
    await highWater.requireWritable()
    assert.equal(marks.length, 2, 'nobody waits for the next round of jobs')
    broken = 'try'
    await assert.rejects(highWater.requireWritable(), /no try/, 'it is told before there is anything to write')
    broken = undefined
    await highWater.requireWritable()
    assert.equal(marks.length, 2)
  })
})
