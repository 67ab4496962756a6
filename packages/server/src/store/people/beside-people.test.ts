import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personOwner } from '../../core/owner.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { unguardCertificates } from '../testing/certificates-behind-the-back.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { certificate, credential, day, invitation, NOW, PRODUCTION, person, stage } from '../testing/samples.ts'

// What is shown of a person is of other tables too, in which somebody may plant rows or change them.

const ASKED = { asked: { id: 'ada', name: 'Ada' } } as const
const link = invitation('hash', 'bob', { confirmation: ASKED })
const device = invitation('device', 'bob', { adds: 'Laptop', addsAtMost: 'high', confirmation: ASKED })

const fill = (work: OpenWork): Promise<void> =>
  work.transaction(async (stores) => {
    await stage(stores)
    await stores.people.insert(person('bob', { organisation: 'ours', invitedWith: 'of ada' }))
    await stores.people.insert(person('cyd', { organisation: 'ours' }))
    await stores.certificates.insert(certificate('of ada', { owner: personOwner('ada'), key: 'hers' }))
    await stores.credentials.insert(credential('of ada', 'ada', { certificate: 'of ada' }))
    await stores.certificates.insert(certificate('of bob', { owner: personOwner('bob'), key: 'his' }))
    await stores.credentials.insert(credential('of bob', 'bob', { certificate: 'of bob' }))
    for (const one of [link, device]) await stores.invitations.insert(one)
  })

/** What is shown of one person, which their page, their list and what was made with a certificate say alike. */
const shown = (work: OpenWork, id: string) =>
  work.read(async ({ people }) => {
    const entry = await people.entry(PRODUCTION, id)
    const page = await people.page(PRODUCTION, { now: NOW })
    assert.deepEqual(
      page.items.find((one) => one.id === id),
      entry,
    )
    assert.equal(page.items.length, 3)
    const { items } = await people.invitedWith(PRODUCTION, 'of ada', NOW, 9)
    const { signIn: _, ...rest } = entry!
    if (id === 'bob') assert.deepEqual(items, [rest])
    return entry!
  })

eachDatabase('what is shown beside a person', ({ opened }) => {
  test('is of links that the desk wrote: one that was planted is told of, is not shown, and hides none', async () => {
    const told = new Set<string>()
    const { database, work } = await opened(({ table, id }) => told.add(`${table} ${id}`))
    await fill(work)
    const before = await shown(work, 'bob')
    assert.equal(before.invitation?.hash, 'hash')
    assert.deepEqual(before.waitingDevice, {
      ...{ hash: 'device', adds: 'Laptop', createdAt: NOW, expiresAt: day(3) },
      confirmation: ASKED,
    })
    assert.deepEqual(told, new Set())
    // Who owns the database takes away what keeps them to one.
    for (const index of ['invitation_one_open', 'invitation_one_adds']) await ask(database, `DROP INDEX ${index}`)
    const planted: string[] = []
    for (const [person, adds] of [
      ['bob', 'NULL'],
      ['bob', "'Evil'"],
      ['cyd', 'NULL'],
      ['cyd', "'Evil'"],
    ])
      for (const at of [day(-1), day(1)]) {
        const hash = `planted ${planted.length}`
        await ask(
          database,
          `INSERT INTO invitation (id, hash, environment, person, created_at, expires_at, adds, asked_by_id, asked_by_name)
            VALUES ('${hash}', '${hash}', 'production', '${person}', '${at}', '', ${adds}, 'eve', 'Eve')`,
        )
        planted.push(`invitation ${hash}`)
      }
    assert.deepEqual(await shown(work, 'bob'), before)
    const cyd = await shown(work, 'cyd')
    assert.deepEqual([cyd.invitation, cyd.waitingDevice], [undefined, undefined])
    assert.deepEqual([...told].sort(), planted)
    await ask(database, "UPDATE invitation SET expires_at = '' WHERE hash = 'hash'")
    const { invitation: _, ...without } = before
    assert.deepEqual(await shown(work, 'bob'), without)
    assert.ok(told.has('invitation hash'))
  })

  test('is of an organisation that the desk wrote', async () => {
    const told = new Set<string>()
    const { database, work } = await opened(({ table, id }) => told.add(`${table} ${id}`))
    await fill(work)
    const { organisationRef, ...without } = await shown(work, 'bob')
    assert.equal(organisationRef?.name, 'Organisation ours')
    await ask(database, "UPDATE organisation SET name = 'Somebody else' WHERE id = 'ours'")
    assert.deepEqual(await shown(work, 'bob'), without)
    assert.deepEqual([...told], ['organisation ours'])
  })

  test('says no date of a certificate that is none, and the row is told of', async () => {
    const told = new Set<string>()
    const { database, work } = await opened(({ table, id }) => told.add(`${table} ${id}`))
    await fill(work)
    await unguardCertificates(database)
    const dates = async (change: string) => {
      told.clear()
      await ask(database, `UPDATE certificate SET ${change} WHERE id = 'of bob'`)
      const { credential: id, until, ended } = (await shown(work, 'bob')).signIn!
      return { id, until, ended, told: [...told] }
    }
    const id = 'of bob'
    const altered = { id, until: undefined, ended: undefined, told: ['certificate of bob'] }
    assert.deepEqual(await dates("not_after = 'x'"), altered)
    // A year that no date of the desk has.
    assert.deepEqual(await dates("not_after = '+012345-01-01T00:00:00.000Z'"), altered)
    const revoked = `revoked_at = '${day(1)}', revocation_reason = 'superseded'`
    assert.deepEqual(await dates(revoked), { ...altered, ended: day(1) })
    assert.deepEqual(await dates(`not_after = '${day(9)}'`), { id, until: day(9), ended: day(1), told: [] })
    // Nobody signs in with it: that it was good until then is not said.
    assert.deepEqual(await dates("revoked_at = 'x'"), altered)
  })
})
