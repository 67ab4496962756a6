import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NameQuery } from '../../core/names/name.port.ts'
import type { HeldName } from '../../core/names/names-of.ts'
import { applicantOwner, personOwner } from '../../core/owner.ts'
import type { Readers, Stores } from '../../core/work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { certificate, day, NOW, request, stage } from '../testing/samples.ts'

const dns = (...names: string[]): HeldName[] => names.map((name) => ({ kind: 'dns', name }))
const PRODUCTION = { environment: 'production' } as const
const OURS = applicantOwner('ours')
const THEIRS = { ...PRODUCTION, organisation: 'theirs', owner: applicantOwner('theirs'), now: NOW } as const

/** Who of others has the names, in short: certificates by id, requests by number. */
const held = async (stores: Readers, names: readonly string[], asker: Partial<NameQuery> = {}) =>
  (await stores.names.heldByOthers({ ...THEIRS, names, ...asker })).map(
    (one) => `${one.certificate?.id ?? one.request?.number} ${one.name}`,
  )

async function certify(stores: Stores, id: string, ...names: string[]): Promise<void> {
  await stores.certificates.insert(certificate(id, { owner: OURS }))
  await stores.names.certify(certificate(id, { owner: OURS }), dns(...names))
}

eachDatabase('names in force', ({ fresh, prepared, engine }) => {
  test('are found in the whole environment, by whoever does not hold them, and not in the other one', async () => {
    await (await fresh()).transaction(async (stores) => {
      await stage(stores)
      await certify(stores, 'shop', 'shop.example.org', 'www.example.org')
      assert.deepEqual(await held(stores, ['www.example.org', 'other.example.org']), ['shop www.example.org'])
      assert.deepEqual(await held(stores, ['shop.example.org'], { organisation: 'ours' }), ['shop shop.example.org'])
      assert.deepEqual(await held(stores, ['shop.example.org'], { organisation: 'ours', owner: OURS }), [])
      const person = { organisation: 'ours', owner: personOwner(OURS.id) }
      assert.deepEqual(await held(stores, ['shop.example.org'], person), ['shop shop.example.org'])
      assert.deepEqual(await held(stores, ['shop.example.org'], { environment: 'test' }), [])
      const ada = { ...PRODUCTION, owner: personOwner('ada'), now: NOW }
      const { organisation: _, ...bare } = certificate('ada', { owner: ada.owner })
      await stores.certificates.insert(bare)
      await stores.names.certify(bare, dns('ada.example.org'))
      const asked = ['ada.example.org', 'shop.example.org']
      const others = await stores.names.heldByOthers({ ...ada, names: asked })
      assert.deepEqual(
        others.map(({ name }) => name),
        ['shop.example.org'],
        'of no organisation, their own',
      )
      assert.deepEqual(await held(stores, asked), ['shop shop.example.org', 'ada ada.example.org'])
      assert.deepEqual(await held(stores, asked, { ...ada, organisation: 'ours' }), [
        ...['shop shop.example.org', 'ada ada.example.org'],
      ])
      const [first] = await stores.names.heldByOthers({ ...THEIRS, names: ['shop.example.org'] })
      assert.deepEqual(first?.organisation, { id: 'ours', code: 'OURS', name: 'Organisation ours' })
      const { serial, notAfter } = certificate('shop')
      assert.deepEqual(first?.certificate, { id: 'shop', serial, notAfter })
    })
  })

  test('overlap by wildcards of one label, both ways', async () => {
    await (await fresh()).transaction(async (stores) => {
      await stage(stores)
      await certify(stores, 'star', '*.example.org')
      await certify(stores, 'deep', 'a.b.example.net')
      await certify(stores, 'flat', 'b.example.net')
      assert.deepEqual(await held(stores, ['shop.example.org']), ['star *.example.org'])
      assert.deepEqual(await held(stores, ['*.example.org']), ['star *.example.org'])
      assert.deepEqual(await held(stores, ['a.shop.example.org', 'example.org']), [])
      assert.deepEqual(await held(stores, ['*.example.net']), ['flat b.example.net'])
      assert.deepEqual(await held(stores, ['*.b.example.net', 'x.org']), ['deep a.b.example.net'])
    })
  })

  test('end with their holder: revoked, past its end, rejected, cancelled, expired', async () => {
    await (await fresh()).transaction(async (stores) => {
      await stage(stores)
      await certify(stores, 'shop', 'shop.example.org')
      assert.deepEqual(await held(stores, ['shop.example.org'], { now: day(366) }), [])
      await stores.names.purge(day(1))
      assert.equal((await held(stores, ['shop.example.org'])).length, 1)
      await stores.revocations.revoke(PRODUCTION, 'shop', NOW, 'keyCompromise')
      assert.deepEqual(await held(stores, ['shop.example.org']), [])
      for (const state of ['rejected', 'cancelled', 'expired'] as const) {
        const number = await stores.requests.insert(request('ws-1'))
        await stores.names.claim({ ...request('ws-1'), owner: OURS, number }, dns('ws-1'))
        assert.deepEqual(await held(stores, ['ws-1']), [`${number} ws-1`])
        await stores.requests.update({ environment: 'test' }, number, { state })
        assert.deepEqual(await held(stores, ['ws-1']), [`${number} ws-1`])
        await stores.requests.update(PRODUCTION, number, { state })
        assert.deepEqual(await held(stores, ['ws-1']), [], state)
      }
    })
  })

  test('go over from the request to its certificate, with no moment between', async () => {
    await (await fresh()).transaction(async (stores) => {
      await stage(stores)
      const number = await stores.requests.insert(request('ws-1'))
      await stores.names.claim({ ...request('ws-1'), owner: OURS, number }, dns('ws-1'))
      await stores.requests.update(PRODUCTION, number, { state: 'approved', certificate: 'first' })
      const [waiting] = await stores.names.heldByOthers({ ...THEIRS, names: ['ws-1'] })
      assert.deepEqual(waiting?.request, { number, state: 'approved', certificate: 'first' })
      const issued = certificate('first', { request: number })
      await stores.certificates.insert(issued)
      await stores.names.certify(issued, dns('ws-1'))
      assert.deepEqual(await held(stores, ['ws-1']), ['first ws-1'])
    })
  })

  test('a storm of 10,000 names: a look-up reads by index and not the table', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(stage)
    await work.transaction(async (stores) => {
      await stores.certificates.insert(certificate('storm'))
      for (let at = 0; at < 10; at++) {
        const names = Array.from({ length: 1_000 }, (_, n) => `n${at}-${n}.example.org`)
        await stores.names.certify(certificate('storm'), dns(...names))
      }
    })
    assert.deepEqual(await work.read((stores) => held(stores, ['n3-7.example.org'])), ['storm n3-7.example.org'])
    await work.close()
    const words = engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
    if (engine === 'postgres') await ask(database, 'ANALYZE name_in_force')
    for (const condition of [
      "name in ('a.example.org', '*.example.org')",
      "(name in ('*.example.net') or parent in ('example.net'))",
    ]) {
      const rows = await ask(
        database,
        `${words} SELECT name FROM name_in_force WHERE environment = 'production' AND ${condition}
         AND (ends IS NULL OR ends >= '${NOW}')`,
      )
      const plan = rows.map((row) => Object.values(row).join(' ')).join('\n')
      assert.match(plan, /name_in_force_(name|parent)/, plan)
      assert.doesNotMatch(plan, /\bSCAN\b|Seq Scan/, plan)
    }
  })
})
