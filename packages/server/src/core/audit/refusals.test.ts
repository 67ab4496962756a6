import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeskError, refuse } from '@scel/contract/errors'
import { openRulesDesk, refused } from '../../../test/rules-desk.ts'
import type { Caller } from '../actor.ts'
import type { AuditEvent } from './audit-event.ts'
import type { AuditRecord } from './record.ts'
import { createRefusals } from './refusals.ts'

const caller = (from: string): Caller => ({ kind: 'caller', name: 'unknown', from })
const MINUTE = 60_000

async function scene(t: Parameters<typeof openRulesDesk>[0]) {
  const { work, world, now, later, clockOff } = await openRulesDesk(t)
  const refusals = createRefusals({ work, world })
  const audited = (id = 'k1'): AuditRecord => {
    const target = { kind: 'kit', id } as const
    return { environment: 'production', at: now().toISOString(), action: 'request.submitted', target }
  }
  const lines = async (): Promise<AuditEvent[]> => {
    const { items } = await work.read((stores) =>
      stores.audit.page({ environment: 'production' }, { action: 'request.submitted', size: 200 }),
    )
    // What the desk asked for itself was taken in.
    return items.filter(({ outcome }) => outcome === 'refused').toReversed() as unknown as AuditEvent[]
  }
  const no = async (from: string, id?: string, code: 'kit_unknown' | 'kit_altered' = 'kit_unknown') => {
    const act = async () => (code === 'kit_unknown' ? refuse(code, {}) : refuse(code, { field: 'rules' }))
    await assert.rejects(refusals.recording(caller(from), audited(id), act, { by: from }), refused(code))
  }
  return { refusals, no, lines, later, clockOff, audited, work }
}

test('a stranger who is refused 312 times has a few lines, and one that counts the others', async (t) => {
  const { refusals, no, lines, later } = await scene(t)
  for (let i = 0; i < 312; i++) await no('192.0.2.1')
  assert.equal((await lines()).length, 5)
  await refusals.summarise()
  assert.equal((await lines()).length, 5, 'not before the time is over')
  later(MINUTE)
  await refusals.summarise()
  const last = (await lines()).at(-1)!
  assert.equal((await lines()).length, 6)
  assert.deepEqual([last.outcome, last.facts.count, last.facts.code], ['refused', 307, 'kit_unknown'])
  assert.ok(String(last.facts.since) < last.at)
  assert.deepEqual(last.target, { kind: 'kit', id: 'k1' })
})

test('F2: what was counted while the clock was ahead is told after its minute all the same', async (t) => {
  const { refusals, no, lines, later, clockOff } = await scene(t)
  clockOff(20 * 24 * 60 * MINUTE)
  for (let i = 0; i < 9; i++) await no('192.0.2.1')
  clockOff(-20 * 24 * 60 * MINUTE)
  await refusals.summarise()
  assert.equal((await lines()).length, 5)
  later(MINUTE)
  await refusals.summarise()
  assert.equal((await lines()).at(-1)!.facts.count, 4)
  later(60 * MINUTE)
  await refusals.summarise()
  await no('192.0.2.1')
  assert.equal((await lines()).length, 7, 'and who was quiet for an hour begins anew')
})

test('whoever goes on is told of ever more seldom, and whoever pauses begins anew', async (t) => {
  const { refusals, no, lines, later } = await scene(t)
  const summaries = async () => (await lines()).filter(({ facts }) => facts.count !== undefined).length
  for (let minute = 0; minute < 24 * 60; minute++) {
    if (minute % 10 === 0) for (let i = 0; i < 6; i++) await no('192.0.2.1')
    later(MINUTE)
    await refusals.summarise()
  }
  assert.ok((await lines()).length < 40, `${(await lines()).length} lines in a day`)
  assert.ok((await summaries()) > 20)
  later(3 * 60 * MINUTE)
  await refusals.summarise()
  await refusals.summarise()
  const before = (await lines()).length
  await no('192.0.2.1')
  assert.equal((await lines()).length, before + 1)
})

test('callers are told apart; ten thousand of them fill neither the log nor the memory', async (t) => {
  const { refusals, no, lines } = await scene(t)
  for (let i = 0; i < 6; i++) await no('192.0.2.1')
  await no('192.0.2.2')
  assert.equal((await lines()).length, 6)
  for (let i = 0; i < 10_000; i++) await no(`2001:db8::${i.toString(16)}`)
  await refusals.summarise(true)
  const all = await lines()
  assert.ok(all.length <= 200, `${all.length} lines`)
  const told = all.reduce((sum, { facts }) => sum + Number(facts.count ?? 1), 0)
  assert.equal(told, 10_007, 'none is lost')
})

test('of refusals for several reasons, about several things, the count is told and no reason or thing is made up', async (t) => {
  const { refusals, no, lines } = await scene(t)
  for (let i = 0; i < 6; i++) await no('192.0.2.1', 'k1')
  await no('192.0.2.1', 'k2', 'kit_altered')
  await refusals.summarise(true)
  const last = (await lines()).at(-1)!
  assert.deepEqual([last.facts.count, last.facts.code, last.target.id], [2, undefined, '…'])
})

test('faults of the desk are no refusals, and what is done is not counted', async (t) => {
  const { refusals, lines, audited } = await scene(t)
  const full = async () => {
    throw new DeskError('storage_full', {})
  }
  await assert.rejects(refusals.recording(caller('192.0.2.1'), audited(), full), refused('storage_full'))
  assert.equal(await refusals.recording(caller('192.0.2.1'), audited(), async () => 7), 7)
  assert.deepEqual(await lines(), [])
})
