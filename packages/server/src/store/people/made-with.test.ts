import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { First } from '../../core/paging.ts'
import type { Stores } from '../../core/work.ts'
import { eachDatabase } from '../testing/each-database.ts'
import {
  certificate,
  credential,
  day,
  grant,
  invitation,
  kit,
  NOW,
  PRODUCTION,
  person,
  service,
  stage,
} from '../testing/samples.ts'

/** Somebody who was invited with a certificate, given a role with it, and came by a link that was made with it. */
async function came(stores: Stores, id: string, at: string, made: { with: string; ended?: true; state?: 'disabled' }) {
  await stores.people.insert(
    person(id, { createdAt: at, invitedWith: made.with, ...(made.state && { state: made.state }) }),
  )
  await stores.grants.insert(grant(`grant of ${id}`, id, { role: 'auditor', from: at, givenWith: made.with }))
  const spent = { at, for: 'key', made: `of ${id}` }
  await stores.invitations.insert(invitation(`link of ${id}`, id, { madeWith: made.with, createdAt: at, spent }))
  await signsInWith(stores, id, `of ${id}`, at, made)
}

async function signsInWith(
  stores: Stores,
  of: string,
  id: string,
  at: string,
  made: { added?: string; ended?: true } = {},
): Promise<void> {
  await stores.certificates.insert(certificate(id, { owner: { kind: 'person', id: of }, issuedAt: at }))
  await stores.credentials.insert(
    credential(id, of, {
      ...{ certificate: id, createdAt: at },
      ...(made.added === undefined ? {} : { madeWith: made.added }),
      ...(made.ended && { ended: { at, reason: 'ended' } }),
    }),
  )
}

eachDatabase('what was made with a certificate', ({ fresh }) => {
  test('is found with what is still open first, however much is over that is newer (att20 M20-2)', async () => {
    const work = await fresh()
    const found = await work.transaction(async (stores) => {
      await stage(stores)
      await signsInWith(stores, 'ada', 'stolen', NOW)
      // What lies between has ended.
      await signsInWith(stores, 'ada', 'second', NOW, { added: 'stolen', ended: true })
      await signsInWith(stores, 'ada', 'third', NOW, { added: 'second' })
      for (const [index, name] of ['fourth', 'fifth'].entries())
        await signsInWith(stores, 'ada', name, day(index + 1), { added: 'third', ended: true })
      await came(stores, 'accomplice', day(-9), { with: 'third' })
      await came(stores, 'disabled', day(1), { with: 'stolen', state: 'disabled', ended: true })
      await came(stores, 'shut out', day(2), { with: 'stolen', ended: true })
      await came(stores, 'also', day(3), { with: 'second', ended: true })
      await stores.people.insert(person('late', { createdAt: day(4), state: 'invited', invitedWith: 'stolen' }))
      await stores.invitations.insert(invitation('late', 'late', { madeWith: 'stolen', expiresAt: day(-1) }))
      await stores.people.insert(person('invited', { createdAt: day(-5), state: 'invited', invitedWith: 'stolen' }))
      await stores.invitations.insert(invitation('open', 'invited', { madeWith: 'stolen', expiresAt: day(1) }))
      await stores.services.insert(service('shut', 'ours', { closedAt: NOW }))
      const made = (id: string, more: object) => stores.kits.insert(kit(id, { createdWith: 'third', ...more }))
      await made('nasty', { createdAt: day(-9), createdWith: 'third' })
      await made('expired', { createdAt: day(1), expiresAt: NOW })
      await made('used', { createdAt: day(2), usesMade: 2 })
      await made('withdrawn', { createdAt: day(3), withdrawnAt: NOW })
      await made('of a closed service', { createdAt: day(4), service: 'shut' })
      const { kits, people, grants, invitations, credentials } = stores
      const of = async <T>(list: Promise<First<T>>, name: (one: T) => string) => {
        const { items, more } = await list
        return { items: items.map(name), more }
      }
      return {
        kits: await of(kits.madeWith(PRODUCTION, 'stolen', NOW, 1), ({ id }) => id),
        people: await of(people.invitedWith(PRODUCTION, 'stolen', NOW, 2), ({ id }) => id),
        grants: await of(grants.givenWith(PRODUCTION, 'stolen', NOW, 1), (one) => one.person),
        links: await of(invitations.openedMadeWith(PRODUCTION, 'stolen', NOW, 1), (one) => one.person),
        devices: await of(credentials.addedWith(PRODUCTION, 'stolen', NOW, 1), ({ id }) => id),
        all: await of(credentials.addedWith(PRODUCTION, 'stolen', NOW, 4), ({ id }) => id),
        signIn: [...(await credentials.signIn(PRODUCTION, ['accomplice', 'ada', 'shut out', 'late'], NOW))].sort(),
      }
    })
    assert.deepEqual(found, {
      kits: { items: ['nasty'], more: true },
      people: { items: ['accomplice', 'invited'], more: true },
      grants: { items: ['accomplice'], more: true },
      links: { items: ['accomplice'], more: true },
      devices: { items: ['third'], more: true },
      all: { items: ['third', 'fifth', 'fourth', 'second'], more: false },
      signIn: ['accomplice', 'ada'],
    })
  })

  test('and a person’s own list name what is open first, and say where there is more (att20 M20-1)', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { credentials } = stores
      const link = (id: string, more: object) => credentials.insert(credential(id, 'ada', { kind: 'link', ...more }))
      await signsInWith(stores, 'ada', 'old', day(-9))
      for (const [index, id] of ['one', 'two', 'three'].entries())
        await signsInWith(stores, 'ada', id, day(index), { added: 'old', ended: true })
      await link('unopened', { expiresAt: day(1) })
      await link('in use', { createdAt: day(1), lastUsedAt: day(1), expiresAt: day(-1) })
      await link('late', { createdAt: day(2), expiresAt: NOW })
      await link('over', { expiresAt: day(1), ended: { at: NOW, reason: 'replaced' } })
      const { items, more } = await credentials.shown(PRODUCTION, 'ada', NOW, 4)
      assert.deepEqual([items.map(({ id }) => id), more], [['old', 'in use', 'unopened', 'three'], true])
      assert.equal((await credentials.shown(PRODUCTION, 'ada', NOW, 6)).more, false)
      const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).sort()
      assert.deepEqual(ids(await credentials.openOf(PRODUCTION, 'ada')), ['old'])
      assert.deepEqual(ids(await credentials.unused(PRODUCTION, 'ada', 'link')), ['late', 'unopened'])
      const brief = await stores.certificates.inBrief(PRODUCTION, ['old', 'none'])
      assert.deepEqual(
        [...brief.values()].map(({ id, notAfter, isRevoked }) => [id, notAfter, isRevoked]),
        [['old', day(365), false]],
      )
    })
  })
})
