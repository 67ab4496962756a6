import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HeldKey, type Holder, holderFor } from '../../core/keys/holder.ts'
import { holdKey } from '../../core/keys/usable-key.ts'
import { applicantOwner, personOwner, THE_DESK } from '../../core/owner.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { certificate, day, NOW, PRODUCTION, stage } from '../testing/samples.ts'

const machine = (applicant: string, subjectKey = 'ws-1', organisation = 'ours'): Holder =>
  holderFor(applicantOwner(applicant), { organisation, subjectKey })
const held = (holder: Holder, environment: HeldKey['environment'] = 'production'): HeldKey => ({
  environment,
  key: 'k',
  holder,
})
const PERSON: Holder = { owner: personOwner('ada') }
const DESK: Holder = { owner: THE_DESK }
const inUse = { code: 'csr_key_in_use' }

eachDatabase('keys', ({ fresh, prepared }) => {
  test('have one holder in an environment, and are of one kind and one applicant in both', async () => {
    const work = await fresh()
    const hold = (one: HeldKey) => work.transaction((stores) => holdKey(stores, one, NOW))
    await hold(held(machine('a')))
    await hold(held(machine('a')))
    await assert.rejects(hold(held(machine('b'))), inUse)
    await assert.rejects(hold(held(machine('a', 'ws-2'))), inUse)
    await assert.rejects(hold(held(machine('a', 'ws-1', 'theirs'))), inUse)
    for (const holder of [PERSON, DESK]) {
      await assert.rejects(hold(held(holder)), inUse)
      await assert.rejects(hold(held(holder, 'test')), inUse)
    }
    await assert.rejects(hold(held(machine('b'), 'test')), inUse)
    const trial = machine('a', 'ws-2', 'trial')
    await hold(held(trial, 'test')) // rows of the environments do not know one another, but for the key of the applicant
    assert.deepEqual(await work.read(({ keys }) => keys.holdersOf('k')), [held(machine('a')), held(trial, 'test')])
    assert.deepEqual(await work.read(({ keys }) => keys.holdersOf('another')), [])
  })

  test('what was found of another key, place or holder stands for nothing', async () => {
    const work = await fresh()
    await work.transaction((stores) => holdKey(stores, held(machine('b')), NOW))
    const wanted = held(machine('a'))
    for (const other of [held(machine('b')), held(machine('a'), 'test'), { ...wanted, key: 'another' }]) {
      const found = { held: other, isTheirs: true }
      await assert.rejects(
        work.transaction((stores) => holdKey(stores, wanted, NOW, found)),
        inUse,
      )
    }
  })

  test('20 units at once, of two desks, give one key to one holder', async () => {
    const database = await prepared()
    const desks = [await openSample(database), await openSample(database)]
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        desks[at % 2]!.transaction((stores) => holdKey(stores, held(machine(`${at}`)), NOW)),
      ),
    )
    const lost = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    assert.deepEqual(lost, Array(19).fill('csr_key_in_use'))
    for (const desk of desks) await desk.close()
    assert.equal((await ask(database, 'SELECT * FROM key_holder')).length, 1)
  })

  test('a second holder, a change and a loss are refused by the database itself, whoever speaks to it', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ keys }) => keys.hold(held(PERSON), NOW))
    await assert.rejects(work.transaction(({ keys }) => keys.hold(held(DESK), NOW)))
    await work.close()
    const second = `INSERT INTO key_holder (environment, key_hash, owner_kind, owner_id, since)
      VALUES ('production', 'k', 'desk', 'desk', '')`
    await assert.rejects(ask(database, second), /unique|append-only/i)
    await assert.rejects(ask(database, "UPDATE key_holder SET owner_kind = 'desk'"), /append-only/)
    await assert.rejects(ask(database, 'DELETE FROM key_holder'), /append-only/)
  })

  test('a certificate of a desk that knows no holders, left running beside, says whose its key is', async () => {
    const work = await fresh()
    const hold = (one: HeldKey) => work.transaction((stores) => holdKey(stores, one, NOW))
    const later = { owner: applicantOwner('b'), subjectKey: 'ws-2', issuedAt: day(-9) }
    const last = { owner: applicantOwner('c'), subjectKey: 'ws-3', issuedAt: day(9) }
    await work.transaction(async (stores) => {
      await stage(stores)
      const insert = stores.certificates.insert
      await insert(certificate('first', { key: 'k', owner: applicantOwner('a'), subjectKey: 'ws-1' }))
      await insert(certificate('later', { key: 'k', ...later }))
      const { organisation: _, ...bare } = certificate('responder', { key: 'own', profile: 'ocsp-responder' })
      await insert(certificate('thief', { key: 'own', ...later }))
      await insert(bare)
      await insert(certificate('person', { key: 'hers', owner: personOwner('ada') }))
      for (const key of ['k', 'own']) await insert(certificate(`last of ${key}`, { key, ...last }))
    })
    const [second, third] = [later, last].map(({ owner, subjectKey }) =>
      holderFor(owner, { organisation: 'ours', subjectKey }),
    )
    for (const other of [machine('b'), second!, third!, PERSON, DESK]) {
      await assert.rejects(hold(held(other)), inUse)
      await assert.rejects(hold(held(other, 'test')), inUse)
    }
    await hold(held(machine('a')))
    assert.deepEqual(await work.read(({ keys }) => keys.holdersOf('k')), [held(machine('a'))])
    for (const [key, owner] of [
      ['own', DESK],
      ['hers', PERSON],
    ] as const) {
      assert.deepEqual(await work.read(({ keys }) => keys.holdersOf(key)), [{ ...held(owner), key }])
      await assert.rejects(hold({ ...held(machine('b')), key }), inUse)
    }
  })

  test('of certificates: where and why those of a key were revoked is told of both environments', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { certificates, keys, revocations } = stores
      for (const id of ['a', 'b', 'c', 'd']) await certificates.insert(certificate(id, { key: 'k' }))
      assert.deepEqual(await keys.revocationsOf('k'), [])
      for (const id of ['a', 'b']) await revocations.revoke(PRODUCTION, id, NOW, 'superseded')
      await revocations.revoke(PRODUCTION, 'c', NOW, 'keyCompromise')
      const found = (await keys.revocationsOf('k')).map(({ environment, reason }) => `${environment} ${reason}`)
      assert.deepEqual(found.sort(), ['production keyCompromise', 'production superseded'])
      assert.deepEqual(
        (await certificates.everyOfKey('k')).map(({ id }) => id),
        ['a', 'b', 'c', 'd'],
      )
    })
  })
})
