import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liftOf } from '../../core/applicants/block.ts'
import { applicantOwner } from '../../core/owner.ts'
import { scopeAt } from '../../core/scope.ts'
import type { Stores } from '../../core/work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import {
  AT_OURS,
  AT_THEIRS,
  day,
  invitation,
  kit,
  NOW,
  OURS,
  PRODUCTION,
  person,
  request,
  stage,
  TEST,
  THEIRS,
} from '../testing/samples.ts'

const KIT = { kind: 'kit', id: 'kit' } as const

eachDatabase('what keeps a flood within bounds', ({ fresh, prepared }) => {
  test('marks are found in every environment, and said twice are one', async () => {
    const work = await fresh()
    const marks = [
      { kind: 'applicant', value: 'k' },
      { kind: 'address', value: '02:00:00:00:00:01' },
    ] as const
    for (let time = 0; time < 2; time++) {
      await work.transaction(({ compromises }) => compromises.add(marks, { certificate: 'c', at: NOW }))
    }
    await work.read(async ({ compromises }) => {
      assert.deepEqual(await compromises.among([{ kind: 'key', value: 'k' }]), [])
      assert.deepEqual(await compromises.among([]), [])
      assert.equal((await compromises.among([...marks, { kind: 'key', value: 'k' }])).length, 2)
    })
  })

  test('blocks of an organisation stand for it alone, those of the environment for all', async () => {
    const work = await fresh()
    const tell = async (stores: Stores, action: 'applicant.blocked' | 'applicant.lifted', organisation?: string) => {
      const scope = scopeAt({ environment: 'production', ...(organisation && { organisation }) })
      const ends = action === 'applicant.lifted' && { blocks: liftOf(await stores.blocks.of(scope, 'k')) }
      await stores.audit.append({
        ...{ environment: 'production', ...(organisation && { organisation }), at: NOW, action, outcome: 'done' },
        actor: { kind: 'person', id: 'ada', name: 'Ada' },
        target: { kind: 'applicant', id: 'k' },
        facts: { reason: 'x', ...ends },
      })
    }
    await work.transaction((stores) => tell(stores, 'applicant.blocked', 'ours'))
    await work.transaction(async (stores) => {
      const { blocks } = stores
      const laid = { environment: 'production', organisation: 'ours', applicant: 'k', at: NOW, reason: 'x' }
      const { lines, ...found } = (await blocks.against(AT_OURS, 'k'))!
      assert.deepEqual(found, { ...laid, by: { id: 'ada', name: 'Ada' } })
      assert.deepEqual(
        lines.map(({ number }) => number),
        [1],
      )
      assert.equal(await blocks.against(AT_THEIRS, 'k'), undefined)
      assert.equal(await blocks.against(AT_OURS, 'another'), undefined)
      await tell(stores, 'applicant.blocked')
    })
    await work.transaction(async (stores) => {
      const { blocks } = stores
      assert.ok(await blocks.against(AT_THEIRS, 'k'))
      assert.equal(await blocks.against({ ...TEST, organisation: 'ours' }, 'k'), undefined)
      assert.equal((await blocks.list(PRODUCTION)).length, 2)
      assert.equal((await blocks.list(OURS)).length, 1)
      assert.equal((await blocks.list(TEST)).length, 0)
      assert.equal((await blocks.of(OURS, 'k')).length, 1)
      assert.equal((await blocks.of(PRODUCTION, 'k')).length, 2)
      await tell(stores, 'applicant.lifted', 'ours')
      assert.deepEqual(await blocks.of(OURS, 'k'), [])
      assert.ok(
        await blocks.against(AT_OURS, 'k'),
        'the block of the environment is not lifted by one of an organisation',
      )
      await tell(stores, 'applicant.blocked', 'ours')
      await tell(stores, 'applicant.lifted')
      assert.deepEqual([await blocks.of(PRODUCTION, 'k'), await blocks.against(AT_OURS, 'k')], [[], undefined])
    })
  })

  test('whoever writes the database lifts no block in silence: it is a line of the log, which nobody changes or takes away', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ audit }) =>
      audit.append({
        ...{ environment: 'production', at: NOW, action: 'applicant.blocked', outcome: 'done', facts: { reason: 'x' } },
        ...{ actor: { kind: 'person', name: 'Ada' }, target: { kind: 'applicant', id: 'k' } },
      }),
    )
    for (const act of [
      "DELETE FROM audit_event WHERE action = 'applicant.blocked'",
      "UPDATE audit_event SET outcome = 'refused'",
      "UPDATE audit_event SET target_id = 'another'",
      'DELETE FROM blocked_applicant',
    ]) {
      await assert.rejects(ask(database, act), act)
    }
    assert.ok(await work.read(({ blocks }) => blocks.against(AT_OURS, 'k')))
    const query = `SELECT * FROM audit_event WHERE environment = 'production' AND target_id = 'k'
      AND action IN ('applicant.blocked', 'applicant.lifted') AND outcome = 'done' ORDER BY number`
    const plan = await ask(database, `EXPLAIN ${database.kind === 'sqlite' ? 'QUERY PLAN ' : ''}${query}`)
    assert.match(JSON.stringify(plan), /audit_event_of_block/, 'every call of an applicant asks this')
    await work.close()
  })

  test('pending requests are counted and handed out by kit, and by applicant', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      for (let index = 0; index < 7; index++) {
        await stores.requests.insert(request(`ws-${index}`, { owner: applicantOwner(index < 3 ? 'a' : 'b') }))
      }
      await stores.requests.insert(request('decided', { state: 'rejected' }))
    })
    await work.read(async ({ requests, kits }) => {
      assert.equal(await requests.countPendingOf({ origin: KIT }, 100), 7)
      assert.equal(await requests.countPendingOf({ origin: KIT }, 4), 4)
      assert.equal(await requests.countPendingOf({ origin: { kind: 'kit', id: 'their kit' } }, 4), 0)
      assert.equal(await requests.countPendingOf({ owner: applicantOwner('a') }, 100), 3)
      const first = await requests.pendingOfOrigin(OURS, KIT, 0, 5)
      assert.equal(first.length, 5)
      assert.equal((await requests.pendingOfOrigin(OURS, KIT, first.at(-1)!.number, 5)).length, 2)
      assert.deepEqual(await requests.pendingOfOrigin(THEIRS, KIT, 0, 5), [])
      assert.equal((await kits.entry(OURS, 'kit'))?.pending, 7)
      assert.ok(await requests.knowsOwner(OURS, applicantOwner('a')))
      assert.ok(!(await requests.knowsOwner(OURS, applicantOwner('c'))))
      assert.ok(await requests.knowsOwner(OURS, applicantOwner('a'), ['server', 'workstation']))
      assert.ok(!(await requests.knowsOwner(OURS, applicantOwner('a'), ['server'])))
      assert.ok(!(await requests.knowsOwner(OURS, applicantOwner('a'), [])))
      assert.ok(!(await requests.knowsOwner(THEIRS, applicantOwner('a'))))
    })
  })

  test('what was made with a certificate is found, and its open links are taken back', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.kits.insert(kit('made', { createdWith: 'c', standingApproval: true }))
      await stores.people.insert(person('bob', { invitedWith: 'c' }))
      await stores.people.insert(person('eve'))
      await stores.invitations.insert(invitation('open', 'bob', { madeWith: 'c' }))
      await stores.invitations.insert(invitation('other', 'eve', { madeWith: 'd' }))
    })
    await work.transaction(async ({ kits, people, invitations }) => {
      const { items, more } = await kits.madeWith(PRODUCTION, 'c', NOW, 9)
      const [made, ...others] = items
      assert.deepEqual([made?.id, made?.standingApproval, others.length, more], ['made', true, 0, false])
      assert.equal((await kits.madeWith(TEST, 'c', NOW, 9)).items.length, 0)
      assert.deepEqual(
        (await people.invitedWith(PRODUCTION, 'c', NOW, 9)).items.map(({ id }) => id),
        ['bob'],
      )
      assert.deepEqual(await invitations.withdrawMadeWith(TEST, 'c'), [])
      assert.deepEqual(await invitations.withdrawMadeWith(PRODUCTION, 'c'), ['bob'])
      assert.equal(await invitations.findByHash('open'), undefined)
      assert.equal((await invitations.findByHash('other'))?.madeWith, 'd')
      await kits.endStanding(THEIRS, 'made', NOW)
      assert.equal((await kits.find(PRODUCTION, 'made'))?.standingApproval, true)
      await kits.endStanding(OURS, 'made', day(1))
      const ended = await kits.find(PRODUCTION, 'made')
      assert.deepEqual([ended?.standingApproval, ended?.standingEndedAt], [false, day(1)])
      await kits.countRefusal(OURS, 'made')
      assert.equal((await kits.find(PRODUCTION, 'made'))?.refused, 1)
    })
  })

  test('a spent nonce is known as spent', async () => {
    const work = await fresh()
    await work.transaction(({ nonces }) => nonces.spend('n', day(1)))
    const known = await work.read(async ({ nonces }) => [await nonces.isSpent('n'), await nonces.isSpent('m')])
    assert.deepEqual(known, [true, false])
  })
})
