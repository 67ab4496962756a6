import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scope } from '../../core/scope.ts'
import type { Stores } from '../../core/work.ts'
import { eachDatabase } from '../testing/each-database.ts'
import {
  certificate,
  day,
  kit,
  NOW,
  organisation,
  PRODUCTION,
  person,
  request,
  stage,
  TEST,
} from '../testing/samples.ts'

const scopeOf = (...within: string[]): Scope => ({ ...PRODUCTION, within })

async function furnish(stores: Stores): Promise<void> {
  await stage(stores)
  await stores.organisations.insert(organisation('others'))
  for (const one of ['ours', 'theirs', 'others']) {
    await stores.kits.insert(kit(`kit of ${one}`, { organisation: one }))
    for (let n = 0; n < 3; n++) {
      const origin = { kind: 'kit', id: `kit of ${one}`, name: 'a kit', of: undefined } as const
      await stores.requests.insert(request(`${one}-${n}`, { organisation: one, origin, submittedAt: day(n) }))
      await stores.certificates.insert(certificate(`${one}-${n}`, { organisation: one, issuedAt: day(n) }))
    }
    await stores.outbox.append({ ...PRODUCTION, organisation: one, kind: 'kit', target: one, at: NOW })
  }
}

/** What of each list exists in a scope, by the organisation it is of. */
async function listed(stores: Stores, scope: Scope): Promise<string[]> {
  const { items: requests } = await stores.requests.page(scope, {})
  const { items: kits } = await stores.kits.page(scope, { now: NOW })
  const { items: certificates } = await stores.certificates.page(scope, { now: NOW })
  const { items: organisations } = await stores.organisations.page(scope, { now: NOW })
  const events = await stores.outbox.after(scope, 0, { limit: 100 })
  return [
    ...new Set([...requests, ...kits, ...certificates, ...events].map(({ organisation: of }) => of ?? '')),
    ...organisations.map(({ code }) => code),
  ].sort()
}

eachDatabase('scopes', ({ fresh }) => {
  test('of several organisations hold what is of each of them, and of no other; those of none hold nothing', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await furnish(stores)
      const without = ['', 'kit']
      const of = async (scope: Scope) => (await listed(stores, scope)).filter((one) => !without.includes(one))
      assert.deepEqual(await of(scopeOf('ours')), ['OURS', 'ours'])
      assert.deepEqual(await of(scopeOf('ours', 'others')), ['OTHERS', 'OURS', 'others', 'ours'])
      assert.deepEqual(await of(scopeOf()), [])
      assert.deepEqual(await of({ ...TEST, within: ['ours'] }), [])
      assert.deepEqual(await of(scopeOf("' or 1=1 --")), [])
    })
  })

  test('of organisations hold nothing of people; of what is one’s own they are refused for them, and not taken for empty', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(person('somebody', { organisation: 'ours' }))
      for (const scope of [scopeOf('ours'), scopeOf()])
        assert.equal(await stores.people.find(scope, 'somebody'), undefined)
      for (const scope of [scopeOf('ours'), scopeOf()])
        await assert.rejects(stores.people.find({ ...scope, own: 'somebody' }, 'somebody'), /no row of person/)
      assert.ok(await stores.people.find(PRODUCTION, 'somebody'))
    })
  })

  test('of several organisations have their rows in one order, in pages, each once; a thing is found in either', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await furnish(stores)
      const scope = scopeOf('ours', 'others')
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await stores.requests.page(scope, { size: 2, ...(after === undefined ? {} : { after }) })
        seen.push(...page.items.map(({ commonName }) => commonName))
        after = page.next
      } while (after !== undefined)
      assert.deepEqual(seen, ['others-2', 'others-1', 'others-0', 'ours-2', 'ours-1', 'ours-0'])
      const find = async (id: string) => (await stores.certificates.find(scope, id))?.id
      assert.deepEqual(
        [await find('ours-1'), await find('others-1'), await find('theirs-1')],
        ['ours-1', 'others-1', undefined],
      )
      assert.equal(await stores.certificates.find(scopeOf(), 'ours-1'), undefined)
    })
  })
})
