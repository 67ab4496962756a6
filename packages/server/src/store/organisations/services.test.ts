import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reaches, type Scope } from '../../core/scope.ts'
import { eachDatabase } from '../testing/each-database.ts'
import * as sample from '../testing/samples.ts'

const { PRODUCTION, TEST, NOW, day, OURS, THEIRS } = sample
const MAIL: Scope = { ...PRODUCTION, within: [], services: ['mail'] }
const PARCELS: Scope = { ...PRODUCTION, within: [], services: ['parcels'] }
const BOTH: Scope = { ...THEIRS, services: ['mail'] }

eachDatabase('services', ({ fresh }) => {
  const staged = async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await sample.stage(stores)
      for (const [id, name] of [
        ['mail', 'Mail'],
        ['parcels', 'Colis'],
      ] as const) {
        await stores.services.insert(sample.service(id, 'ours', { name }))
      }
    })
    return work
  }

  test('each is of one organisation, by its name in whatever case, open ones first', async () => {
    const work = await staged()
    await work.transaction(async ({ services }) => {
      const of = async (scope: Scope, organisation = 'ours') =>
        (await services.of(scope, organisation)).map(({ id }) => id)
      assert.deepEqual(await of(PRODUCTION), ['parcels', 'mail'])
      assert.deepEqual(await of(OURS), ['parcels', 'mail'])
      assert.deepEqual([await of(THEIRS), await of(TEST), await of(PRODUCTION, 'theirs')], [[], [], []])
      assert.deepEqual([await of(MAIL), await of(BOTH)], [['mail'], ['mail']])
      assert.equal((await services.findByName(PRODUCTION, 'ours', 'MAIL'))?.id, 'mail')
      assert.equal(await services.findByName(PRODUCTION, 'theirs', 'mail'), undefined)
      assert.equal(await services.find(PARCELS, 'mail'), undefined)
      await services.rename(PARCELS, 'mail', 'Taken over')
      await services.close(THEIRS, 'mail', NOW)
      assert.deepEqual(await services.find(OURS, 'mail'), sample.service('mail', 'ours', { name: 'Mail' }))
      await services.rename(OURS, 'parcels', 'Parcels')
      await services.close(OURS, 'mail', day(1))
      assert.equal((await services.find(OURS, 'mail'))?.closedAt, day(1))
      assert.deepEqual(await of(PRODUCTION), ['parcels', 'mail'])
    })
  })

  test('a scope of a service has what is of it, and nothing of a sibling, of the organisation as a whole, or of people', async () => {
    const work = await staged()
    await work.transaction(async (stores) => {
      for (const service of [undefined, 'mail', 'parcels']) {
        const id = service ?? 'whole'
        const part = service === undefined ? {} : { service }
        await stores.kits.insert(sample.kit(id, { ...part }))
        await stores.outbox.append({ ...PRODUCTION, organisation: 'ours', ...part, kind: 'kit', target: id, at: NOW })
      }
      const now = { now: NOW }
      const kits = async (scope: Scope, query: object = {}) =>
        (await stores.kits.page(scope, { ...now, ...query })).items
          .map(({ id }) => id)
          .filter((id) => ['whole', 'mail', 'parcels'].includes(id))
      assert.deepEqual(await kits(MAIL), ['mail'])
      assert.deepEqual(await kits(BOTH), ['mail'])
      assert.deepEqual((await kits(OURS)).sort(), ['mail', 'parcels', 'whole'])
      assert.deepEqual(await kits(OURS, { service: 'parcels' }), ['parcels'])
      assert.deepEqual(await kits(MAIL, { service: 'parcels' }), [])
      assert.equal(await stores.kits.entry(PARCELS, 'mail'), undefined)
      assert.deepEqual((await stores.kits.entry(MAIL, 'mail'))?.serviceRef, { id: 'mail', name: 'Mail' })
      assert.deepEqual(
        (await stores.kits.openOfService(PRODUCTION, 'mail')).map(({ id }) => id),
        ['mail'],
      )
      assert.deepEqual(await stores.people.find(MAIL, 'ada'), undefined)
      // The organisation itself is there, counted as far as the service goes.
      const counted = async (scope: Scope) => (await stores.organisations.entry(scope, 'ours', now))?.counts.kits
      const all = (await counted(PRODUCTION)) ?? 0
      assert.deepEqual([await counted(MAIL), await counted(BOTH), await counted(THEIRS)], [1, 1, undefined])
      assert.ok(all >= 3)
    })
    const told = await work.read(async ({ outbox }) =>
      Promise.all([MAIL, PARCELS, BOTH].map((scope) => outbox.after(scope, 0, { limit: 10 }))),
    )
    assert.deepEqual(
      told.map((events) => events.map(({ target }) => target)),
      [['mail'], ['parcels'], ['mail']],
    )
  })

  test('a grant for a service is kept as such, and found by it', async () => {
    const work = await staged()
    await work.transaction(async ({ grants, people }) => {
      await people.insert(sample.person('mia', { organisation: 'ours' }))
      const place = { kind: 'service', id: 'mail', organisation: 'ours' } as const
      const grant = sample.grant('hers', 'mia', { role: 'manager', place })
      await grants.insert(grant)
      assert.deepEqual(await grants.of(PRODUCTION, 'mia'), [grant])
      assert.deepEqual(await grants.ofService(PRODUCTION, 'mail'), [grant])
      assert.deepEqual(await grants.ofService(PRODUCTION, 'parcels'), [])
      const [entry] = await grants.ofAll(PRODUCTION, ['mia'])
      assert.deepEqual([entry?.organisationRef?.id, entry?.serviceRef], ['ours', { id: 'mail', name: 'Mail' }])
      const page = await people.page(PRODUCTION, { organisation: 'ours', role: 'manager', now: NOW })
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['mia'],
      )
    })
    const managers = await work.read(async ({ organisations }) =>
      Promise.all(
        [PRODUCTION, OURS, MAIL, PARCELS].map(
          async (scope) => (await organisations.entry(scope, 'ours', { now: NOW }))?.counts.managers,
        ),
      ),
    )
    assert.deepEqual(managers, [1, 1, 1, 0])
  })
})

test('what a scope reaches: a place in one of its organisations, or of one of its services', () => {
  const at = (organisation: string, service?: string) => ({ ...PRODUCTION, organisation, ...(service && { service }) })
  assert.deepEqual(
    [at('ours'), at('ours', 'mail'), at('ours', 'parcels'), at('theirs'), at('theirs', 'cards'), PRODUCTION].map(
      (one) => [MAIL, BOTH, OURS, PRODUCTION].map((scope) => reaches(scope, one)),
    ),
    [
      [false, false, true, true],
      [true, true, true, true],
      [false, false, true, true],
      [false, true, false, true],
      [false, true, false, true],
      [false, false, false, true],
    ],
  )
  // One that says services and no organisations is not the whole environment.
  assert.equal(reaches({ ...PRODUCTION, services: [] }, at('ours')), false)
})
