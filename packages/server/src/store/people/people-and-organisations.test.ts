import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personOwner } from '../../core/owner.ts'
import { placeAt } from '../../core/people/grants/grant.ts'
import type { PersonQuery } from '../../core/people/person.port.ts'
import { eachDatabase } from '../testing/each-database.ts'
import {
  certificate,
  credential,
  day,
  grant,
  invitation,
  kit,
  NOW,
  OURS,
  organisation,
  PRODUCTION,
  person,
  request,
  session,
  stage,
  TEST,
  THEIRS,
} from '../testing/samples.ts'

const ENDED = { at: day(2), reason: 'replaced' } as const

eachDatabase('organisations', ({ fresh }) => {
  test('are read back as written, by id and by code whatever its case, in their scope only', async () => {
    const work = await fresh()
    const full = organisation('full', { code: 'J1CFRA', name: 'France-LA POSTE', siren: '356000000' })
    await work.transaction(async ({ organisations }) => {
      await organisations.insert(full)
      await organisations.insert(organisation('other'))
      assert.deepEqual(await organisations.find(PRODUCTION, 'full'), full)
      assert.deepEqual(await organisations.find(PRODUCTION, 'other'), organisation('other'))
      assert.deepEqual(await organisations.findByCode(PRODUCTION, 'j1cfra'), full)
      assert.equal(await organisations.find(TEST, 'full'), undefined)
      assert.equal(await organisations.findByCode(TEST, 'J1CFRA'), undefined)
      assert.equal(await organisations.find({ ...PRODUCTION, within: ['other'] }, 'full'), undefined)
      assert.equal((await organisations.find({ ...PRODUCTION, within: ['full'] }, 'full'))?.id, 'full')
      const page = await organisations.page({ ...PRODUCTION, within: ['full'] }, { now: NOW })
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['full'],
      )
    })
  })

  test('have a code of their own in their environment, whatever its case', async () => {
    const work = await fresh()
    await work.transaction(({ organisations }) => organisations.insert(organisation('a', { code: 'CODE' })))
    const elsewhere = organisation('b', { code: 'code', environment: 'test' })
    await work.transaction(({ organisations }) => organisations.insert(elsewhere))
    await assert.rejects(
      work.transaction(({ organisations }) => organisations.insert(organisation('c', { code: 'code' }))),
    )
  })

  test('count what they have at the moment asked about', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      for (const [id, state, more] of [
        ['m1', 'active', {}],
        ['m2', 'disabled', {}],
        ['m3', 'active', { until: day(-1) }],
        ['m4', 'active', { ended: { at: NOW, by: { id: 'ada', name: 'Ada' } } }],
        ['m5', 'active', { role: 'auditor' }],
      ] as const) {
        await stores.people.insert(person(id, { state }))
        await stores.grants.insert(grant(id, id, { place: placeAt('ours'), role: 'manager', ...more }))
      }
      await stores.grants.insert(grant('m1 again', 'm1', { place: placeAt('ours'), role: 'manager' }))
      await stores.kits.insert(kit('expired', { expiresAt: day(-1) }))
      await stores.kits.insert(kit('withdrawn', { withdrawnAt: day(-1) }))
      await stores.kits.insert(kit('used up', { usesMade: 2 }))
      await stores.requests.insert(request('one'))
      await stores.requests.insert(request('two', { state: 'rejected' }))
      await stores.certificates.insert(certificate('valid'))
      await stores.certificates.insert(certificate('expired', { notAfter: day(-1) }))
      await stores.certificates.insert(certificate('revoked', { revoked: { at: NOW, reason: 'superseded' } }))
    })
    await work.read(async ({ organisations }) => {
      const counts = { managers: 1, kits: 1, pending: 1, certificates: 1 }
      assert.deepEqual((await organisations.entry(PRODUCTION, 'ours', { now: NOW }))?.counts, counts)
      const none = { managers: 0, kits: 0, pending: 0, certificates: 0 }
      assert.deepEqual((await organisations.entry(PRODUCTION, 'theirs', { now: day(40) }))?.counts, none)
      const { items } = await organisations.page(PRODUCTION, { now: day(400) })
      assert.deepEqual(
        items.map(({ id, counts }) => [id, counts.certificates]),
        [
          ['ours', 0],
          ['theirs', 0],
        ],
      )
    })
  })
})

eachDatabase('people', ({ fresh }) => {
  test('are read back as written and as changed, with what lists show beside them', async () => {
    const work = await fresh()
    const invited = person('bob', { organisation: 'ours', state: 'invited', name: 'Bob' })
    const { id } = certificate('of bob')
    const active = {
      ...invited,
      state: 'active',
      name: 'Bob B',
      lastSignInAt: day(1),
    } as const
    await work.transaction(async (stores) => {
      await stage(stores)
      const { people } = stores
      await people.insert(invited)
      assert.deepEqual(await people.find(PRODUCTION, 'bob'), invited)
      await stores.invitations.insert(invitation('hash', 'bob'))
      const organisationRef = { id: 'ours', code: 'OURS', name: 'Organisation ours' }
      assert.deepEqual(await people.entry(PRODUCTION, 'bob'), {
        ...invited,
        organisationRef,
        invitation: { hash: 'hash', createdAt: NOW, expiresAt: day(3) },
      })
      await people.update(active)
      await stores.certificates.insert(certificate('of bob', { owner: personOwner('bob'), key: 'his' }))
      await stores.certificates.insert(certificate('another', { owner: personOwner('bob'), key: 'another' }))
      await stores.credentials.insert(credential('of bob', 'bob', { certificate: 'of bob', createdAt: day(1) }))
      await stores.credentials.insert(credential('another', 'bob', { certificate: 'another', ended: ENDED }))
      await stores.revocations.revoke(PRODUCTION, 'of bob', day(2), 'keyCompromise')
      await stores.invitations.withdrawOf(PRODUCTION, 'bob')
      const signIn = { credential: id, kind: 'certificate', certificate: id, until: day(365), ended: day(2) }
      assert.deepEqual(await people.entry(PRODUCTION, 'bob'), { ...active, organisationRef, signIn })
      assert.deepEqual(await people.findInvited(PRODUCTION, 'BOB@Example.ORG'), active)
      const keys = await stores.certificates.keysOfPerson(PRODUCTION, 'bob')
      assert.deepEqual(keys.sort(), ['another', 'his'])
      assert.deepEqual(await stores.certificates.keysOfPerson(TEST, 'bob'), [])
      assert.equal(await people.find(THEIRS, 'bob'), undefined)
      assert.equal(await people.find(OURS, 'bob'), undefined, 'people are of the environment')
      await stores.grants.insert(grant('a', 'bob', { role: 'manager', place: placeAt('ours'), until: day(9) }))
      await stores.grants.insert(grant('b', 'bob', { role: 'auditor' }))
      const found = async (query: Partial<PersonQuery>, now = NOW) =>
        (await people.page(PRODUCTION, { search: 'bob b', state: 'active', now, ...query })).items.map((row) => row.id)
      assert.deepEqual(await found({ role: 'manager', organisation: 'ours' }), ['bob'])
      assert.deepEqual(await found({ role: 'auditor' }), ['bob'])
      for (const query of [{ role: 'auditor', organisation: 'ours' }, { role: 'administrator' }] as const) {
        assert.deepEqual(await found(query), [], 'of one grant')
      }
      assert.deepEqual(await found({ organisation: 'ours' }, day(9)), [])
    })
  })

  test('have an address or none; whom somebody invited under one is found, and nobody else who has it', async () => {
    const work = await fresh()
    await work.transaction(async ({ people }) => {
      await people.insert(person('other', { email: 'same@example.org', emailBy: 'provider' as 'invitation' }))
      await people.insert(person('b', { email: 'same@example.org', environment: 'test' }))
    })
    const found = (email?: string) => work.read(async ({ people }) => (await people.findInvited(PRODUCTION, email))?.id)
    assert.deepEqual([await found('same@example.org'), await found()], [undefined, undefined])
    const { email: _, emailBy: __, ...unnamed } = person('unnamed', { state: 'invited' })
    await work.transaction(async ({ people }) => {
      await people.insert(person('a', { email: 'Same@example.org' }))
      await people.insert({ ...unnamed, id: 'active', state: 'active' })
      await people.insert(unnamed)
    })
    assert.deepEqual([await found('same@EXAMPLE.org'), await found()], ['a', 'unnamed'])
    assert.deepEqual(await work.read(({ people }) => people.find(PRODUCTION, 'unnamed')), unnamed)
    await assert.rejects(
      work.transaction(({ people }) => people.insert({ ...unnamed, id: 'half', email: 'x@y.example' })),
    )
  })

  test('are of an organisation of their own environment, and their grants of theirs', async () => {
    const work = await fresh()
    await work.transaction(stage)
    const astray = person('m', { organisation: 'ours', environment: 'test' })
    await assert.rejects(work.transaction(({ people }) => people.insert(astray)))
    await work.transaction(({ people }) => people.insert(person('m', { organisation: 'ours' })))
    await assert.rejects(work.transaction(({ grants }) => grants.insert(grant('g', 'm', { environment: 'test' }))))
    await work.transaction(({ grants }) => grants.insert(grant('g', 'm')))
  })
})

eachDatabase('invitations and sessions', ({ fresh }) => {
  test('a person has one link that opens, and a spent one stays spent as it was', async () => {
    const work = await fresh()
    await work.transaction(stage)
    await work.transaction(({ invitations }) => invitations.insert(invitation('one', 'ada')))
    await assert.rejects(work.transaction(({ invitations }) => invitations.insert(invitation('two', 'ada'))))
    await work.transaction(async ({ invitations }) => {
      assert.deepEqual(await invitations.findByHash('one'), invitation('one', 'ada'))
      await invitations.withdrawOf(PRODUCTION, 'ada')
      assert.equal(await invitations.findByHash('one'), undefined)
      await invitations.insert(invitation('two', 'ada'))
      const spent = { at: NOW, for: 'key', made: 'certificate' }
      await invitations.spend(TEST, 'two', spent)
      assert.equal((await invitations.findByHash('two'))?.spent, undefined)
      await invitations.spend(PRODUCTION, 'two', spent)
      await invitations.spend(PRODUCTION, 'two', { ...spent, for: 'another' })
      await invitations.withdrawOf(PRODUCTION, 'ada')
      assert.deepEqual(await invitations.findByHash('two'), invitation('two', 'ada', { spent }))
    })
  })

  test('sessions are found by their token, and end once', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(person('m', { organisation: 'ours' }))
      const { sessions } = stores
      for (const [id, of] of [
        ['s1', 'ada'],
        ['s2', 'ada'],
        ['s3', 'm'],
        ['s4', 'ada'],
      ] as const) {
        await sessions.insert(session(id, of))
      }
      await sessions.insert(session('late', 'ada', { lastSeenAt: day(-1), startedAt: day(-1) }))
      assert.deepEqual(await sessions.findByToken('hash of s1'), session('s1', 'ada'))
      await sessions.touch(PRODUCTION, 's1', day(0.1))
      assert.deepEqual(await sessions.find(PRODUCTION, 's1'), session('s1', 'ada', { lastSeenAt: day(0.1) }))
      assert.equal(await sessions.find(OURS, 's1'), undefined)
      assert.equal(await sessions.find(OURS, 's3'), undefined, 'of the environment, as their people are')
      await sessions.end(OURS, 's1', NOW, 'ended')
      assert.equal((await sessions.find(PRODUCTION, 's1'))?.ended, undefined)
      await sessions.end(PRODUCTION, 's1', NOW, 'signed_out')
      await sessions.end(PRODUCTION, 's1', day(1), 'ended')
      assert.deepEqual((await sessions.findByToken('hash of s1'))?.ended, { at: NOW, reason: 'signed_out' })
      const filter = { now: NOW, seenAfter: day(-0.1), seenBefore: day(1) }
      const { items: open } = await sessions.open(PRODUCTION, filter)
      assert.deepEqual(open.map(({ id }) => id).sort(), ['s2', 's3', 's4'])
      assert.deepEqual(open.find(({ id }) => id === 's2')?.personRef, {
        id: 'ada',
        name: 'Person ada',
        email: 'ada@example.org',
      })
      assert.deepEqual((await sessions.open(OURS, filter)).items, [])
      assert.deepEqual((await sessions.open(PRODUCTION, { ...filter, now: day(1) })).items.length, 0)
      assert.deepEqual(
        (await sessions.open(PRODUCTION, { ...filter, person: 'm' })).items.map(({ id }) => id),
        ['s3'],
      )
      assert.deepEqual(await sessions.endOfCredential(PRODUCTION, 'credential of m', NOW, 'certificate'), ['s3'])
      assert.deepEqual((await sessions.endOfPerson(PRODUCTION, 'ada', NOW, 'ended')).sort(), ['late', 's2', 's4'])
      assert.deepEqual(await sessions.endOfPerson(PRODUCTION, 'ada', NOW, 'ended'), [])
      assert.equal(await sessions.purge(day(0.4)), 0)
      assert.equal(await sessions.purge(day(0.6)), 5)
    })
  })
})

eachDatabase('the open sessions of one person', ({ fresh }) => {
  test('are listed page by page, and those that were seen longest ago end first (att20 S20-1)', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { sessions } = stores
      const seen = (id: string, startedAt: string, lastSeenAt: string, expiresAt = day(3)) =>
        sessions.insert(session(id, 'ada', { startedAt, lastSeenAt, expiresAt }))
      await seen('idle', day(-0.4), day(-0.4))
      await seen('busy', day(-0.5), day(-0.01))
      await seen('new', day(-0.1), day(-0.1))
      await seen('over', day(-0.2), day(0), day(0))
      await seen('ahead', day(-0.3), day(2))
      const filter = { now: NOW, seenAfter: day(-1), seenBefore: day(1) }
      const shown: string[] = []
      let after: string | undefined
      do {
        const page = await sessions.open(PRODUCTION, { ...filter, size: 2, ...(after === undefined ? {} : { after }) })
        shown.push(...page.items.map(({ id }) => id))
        after = page.next
      } while (after !== undefined)
      assert.deepEqual(shown, ['new', 'idle', 'busy'])
      const left = (most: number) => sessions.endUnused(PRODUCTION, 'ada', { most, seenBefore: day(1) }, NOW, 'many')
      assert.deepEqual((await left(3)).sort(), ['ahead', 'over'])
      assert.deepEqual(await sessions.endUnused(OURS, 'ada', { most: 0, seenBefore: day(1) }, NOW, 'many'), [])
      assert.deepEqual(await left(1), ['new', 'idle'])
      assert.deepEqual(await left(1), [])
      assert.deepEqual((await sessions.find(PRODUCTION, 'idle'))?.ended, { at: NOW, reason: 'many' })
    })
  })
})

eachDatabase('kits', ({ fresh }) => {
  test('are read back as written, withdrawn once, and found by their state', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { kits } = stores
      const full = kit('full', { standingApproval: true, name: 'Été' })
      await kits.insert(full)
      assert.deepEqual(await kits.find(PRODUCTION, 'full'), full)
      assert.deepEqual(await kits.findForApplicant('full'), full)
      assert.equal(await kits.find(THEIRS, 'full'), undefined)
      assert.equal(await kits.find(TEST, 'full'), undefined)
      await kits.insert(kit('both', { expiresAt: day(-1), withdrawnAt: day(-2) }))
      await kits.insert(kit('expired', { expiresAt: NOW, usesMade: 2 }))
      await kits.insert(kit('used', { usesMade: 2 }))
      const found = async (query: object, scope: Parameters<typeof kits.page>[0] = OURS) =>
        (await kits.page(scope, { now: NOW, ...query })).items.map(({ id }) => id).sort()
      assert.deepEqual(await found({ state: 'active' }), ['full', 'kit'])
      assert.deepEqual(await found({ state: 'withdrawn' }), ['both'])
      assert.deepEqual(await found({ state: 'expired' }), ['expired'])
      assert.deepEqual(await found({ state: 'used-up' }), ['used'])
      assert.deepEqual(await found({ search: 'ete' }), ['full'])
      assert.deepEqual(await found({ search: 'theirs' }, PRODUCTION), ['their kit'])
      assert.deepEqual(await found({ organisation: 'theirs' }, PRODUCTION), ['their kit'])
      assert.deepEqual(await found({ organisation: 'theirs' }), [])
      await kits.withdraw(THEIRS, 'full', NOW)
      assert.equal((await kits.find(PRODUCTION, 'full'))?.withdrawnAt, undefined)
      await kits.withdraw(PRODUCTION, 'full', NOW)
      await kits.withdraw(PRODUCTION, 'full', day(1))
      assert.equal((await kits.find(PRODUCTION, 'full'))?.withdrawnAt, NOW)
    })
  })

  test('are never used more often than allowed, by however many at once', async () => {
    const work = await fresh()
    await work.transaction(stage)
    await work.transaction(({ kits }) => kits.insert(kit('thrice', { usesAllowed: 3 })))
    const use = () => work.transaction(({ kits }) => kits.countUse(PRODUCTION, 'thrice'))
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, use))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3)
    assert.equal((await work.read(({ kits }) => kits.find(PRODUCTION, 'thrice')))?.usesMade, 3)
  })
})
