import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCertificate } from '@scel/pki/x509'
import type { Certificate } from '../../core/certificates/certificate.ts'
import { certifyNames } from '../../core/names/hold-names.ts'
import { namesOfCertificate } from '../../core/names/names-of.ts'
import { personOwner } from '../../core/owner.ts'
import type { Grant } from '../../core/people/grants/grant.ts'
import type { Person } from '../../core/people/person.ts'
import type { RecipientQuery } from '../../core/recipients/recipient.port.ts'
import type { Scope } from '../../core/scope.ts'
import type { Stores } from '../../core/work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import {
  certificate,
  credential,
  day,
  grant,
  mailBytes,
  NOW,
  OURS,
  PRODUCTION,
  person,
  service,
  stage,
  TEST,
  THEIRS,
} from '../testing/samples.ts'

/** Somebody with the certificate that they sign in with. @param addresses that it speaks for, by default that of the account */
async function add(
  stores: Stores,
  id: string,
  who: Partial<Person> = {},
  has: Partial<Certificate> = {},
  addresses = [who.email ?? `${id}@example.org`],
) {
  const { organisation = null, environment = 'production' } = who
  const { organisation: _, ...bare } = certificate(`of ${id}`, {
    environment,
    owner: personOwner(id),
    profile: 'person',
  })
  const der = mailBytes(who.name ?? `Person ${id}`, addresses)
  await stores.certificates.insert({ ...bare, der, ...(organisation ? { organisation } : {}), receives: true, ...has })
  const notAfter = has.notAfter ?? bare.notAfter
  await certifyNames(stores, { ...bare, notAfter }, namesOfCertificate(parseCertificate(der)))
  await stores.people.insert(person(id, who))
  await stores.credentials.insert(credential(`of ${id}`, id, { environment, certificate: `of ${id}` }))
}

const names = async (stores: Stores, scope: Scope, query: Partial<RecipientQuery> = {}) =>
  (await stores.recipients.page(scope, { now: NOW, ...query })).items.map(({ certificate }) =>
    certificate.id.replace('of ', ''),
  )

eachDatabase('recipients', ({ fresh, prepared, engine }) => {
  test('are active people with a certificate that can receive and is valid now', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await add(stores, 'good')
      await add(stores, 'cannot', {}, { receives: false })
      await add(stores, 'ended', {}, { notAfter: day(-1) })
      await add(stores, 'not yet', {}, { notBefore: day(1) })
      await add(stores, 'disabled', { state: 'disabled' })
      await add(stores, 'revoked')
      await stores.revocations.revoke(PRODUCTION, 'of revoked', NOW, 'keyCompromise')
      await stores.certificates.insert(certificate('of a machine', { receives: true }))
      assert.deepEqual(await names(stores, PRODUCTION), ['good'])
      const [found] = (await stores.recipients.page(PRODUCTION, { now: NOW })).items
      assert.deepEqual([found?.person, found?.certificate.id], ['good', 'of good'])
      assert.deepEqual(found?.certificate.issuerRef, { id: 'machines', name: 'Authority machines' })
    })
  })

  test('are those of a scope, with those who have a grant for all of the environment, and of several organisations together', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await add(stores, 'desk')
      await stores.grants.insert(grant('of desk', 'desk', { role: 'auditor', place: { kind: 'environment' } }))
      await add(stores, 'our', { organisation: 'ours' })
      await add(stores, 'their', { organisation: 'theirs' })
      await add(stores, 'tester', { environment: 'test' })
      await add(stores, 'stranger')
      const former = { role: 'auditor', place: { kind: 'environment' }, from: day(-9), until: day(-1) } as const
      await add(stores, 'was one')
      await stores.grants.insert(grant('of was one', 'was one', former))
      assert.deepEqual(await names(stores, PRODUCTION), ['desk', 'our', 'stranger', 'their', 'was one'])
      assert.deepEqual(await names(stores, OURS), ['desk', 'our'])
      assert.deepEqual(await names(stores, THEIRS), ['desk', 'their'])
      assert.deepEqual(await names(stores, TEST), ['tester'])
      assert.deepEqual(await names(stores, { ...PRODUCTION, within: ['ours', 'theirs'] }), ['desk', 'our', 'their'])
      assert.deepEqual(await names(stores, OURS, { organisation: 'theirs' }), [])
      assert.deepEqual(await names(stores, OURS, { email: 'Their@example.org' }), [])
      assert.deepEqual(await names(stores, PRODUCTION, { email: 'THEIR@example.org' }), ['their'])
      assert.deepEqual(await names(stores, PRODUCTION, { search: 'organisation OURS' }), ['our'])
      assert.deepEqual(await names(stores, PRODUCTION, { search: 'PERS DE' }), ['desk'])
    })
  })

  test('for somebody are they themselves, besides those of their scope; where that is nothing else, nobody besides', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await add(stores, 'desk')
      await stores.grants.insert(grant('of desk', 'desk', { role: 'auditor', place: { kind: 'environment' } }))
      await add(stores, 'our', { organisation: 'ours' })
      await add(stores, 'me', { organisation: 'theirs' })
      await add(stores, 'stranger')
      const own = { ...PRODUCTION, within: [], own: 'me' }
      assert.deepEqual(await names(stores, own), ['me'])
      assert.deepEqual(await names(stores, own, { person: 'me' }), ['me'])
      for (const query of [{ person: 'desk' }, { email: 'desk@example.org' }, { search: 'stranger' }])
        assert.deepEqual(await names(stores, own, query), [])
      assert.deepEqual(await names(stores, { ...OURS, own: 'me' }), ['desk', 'me', 'our'])
      assert.deepEqual(await names(stores, { ...TEST, within: [], own: 'me' }), [])
    })
  })

  test('for a service are those who manage it or all of its organisation, and those who have a grant for all of the environment', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      for (const id of ['mail', 'parcels']) await stores.services.insert(service(id, 'ours'))
      await add(stores, 'desk')
      await stores.grants.insert(grant('of desk', 'desk', { role: 'auditor', place: { kind: 'environment' } }))
      for (const id of ['named', 'whole', 'mailer', 'sorter', 'former']) await add(stores, id, { organisation: 'ours' })
      await add(stores, 'guest', { organisation: 'theirs' })
      const ours = { kind: 'organisation', id: 'ours' } as const
      const at = (id: string) => ({ kind: 'service', id, organisation: 'ours' }) as const
      const give = (id: string, place: Grant['place'], more: Partial<Grant> = {}) =>
        stores.grants.insert(grant(`of ${id}`, id, { role: 'manager', place, ...more }))
      await give('whole', ours)
      await give('mailer', at('mail'))
      await give('sorter', at('parcels'))
      await give('former', at('mail'), { from: day(-9), until: day(-1) })
      await give('guest', at('mail'))
      const mail = { ...PRODUCTION, within: [], services: ['mail'] }
      assert.deepEqual(await names(stores, mail), ['desk', 'guest', 'mailer', 'whole'])
      assert.deepEqual(await names(stores, { ...mail, within: ['theirs'] }), ['desk', 'guest', 'mailer', 'whole'])
      const all = ['desk', 'former', 'guest', 'mailer', 'named', 'sorter', 'whole']
      assert.deepEqual(await names(stores, OURS), all)
      assert.deepEqual(await names(stores, PRODUCTION), all)
      // Whose grant says that it is open, though its service is closed, is of no organisation of theirs.
      await stores.services.close(PRODUCTION, 'mail', NOW)
      assert.deepEqual(
        await names(stores, OURS),
        all.filter((name) => name !== 'guest'),
      )
    })
  })

  test('are found by what their certificates say, never by what their accounts do', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const others = ['Ana@bücher.example', 'éloïse@école.example']
      await add(stores, 'ana', { name: 'Ana Lima', email: 'account@example.org' }, {}, others)
      await add(stores, 'none', { email: 'nobody@example.org' }, {}, [])
      const { email: _, emailBy: __, ...bare } = person('bare')
      await add(stores, 'bea', {}, {}, ['bea@example.org'])
      await stores.people.update({ ...bare, id: 'bea' })
      assert.deepEqual(await names(stores, PRODUCTION), ['ana', 'bea'])
      for (const email of ['ana@xn--bcher-kva.example', 'ANA@Bücher.example.', 'ÉLOÏSE@xn--cole-9oa.example'])
        assert.deepEqual(await names(stores, PRODUCTION, { email }), ['ana'], email)
      for (const search of ['bucher', 'école', 'eloise ecole', 'LIMA', 'ana lim'])
        assert.deepEqual(await names(stores, PRODUCTION, { search }), ['ana'], search)
      for (const email of ['account@example.org', 'nobody@example.org'])
        assert.deepEqual(await names(stores, PRODUCTION, { email }), [], email)
      assert.deepEqual(await names(stores, PRODUCTION, { search: 'account' }), [])
      assert.deepEqual(await names(stores, PRODUCTION, { person: 'bea' }), ['bea'])
      assert.deepEqual(await names(stores, PRODUCTION, { person: 'none' }), [])
    })
  })

  test('are walked in their order by an index, however many certificates there are beside', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.certificates.insert(certificate('machine'))
      for (let n = 0; n < 40; n++) await add(stores, `${n}`)
    })
    await work.close()
    const [row] = await ask(database, `SELECT * FROM certificate WHERE id = 'machine'`)
    const own: Record<string, string> = { number: '1000 + n.i', id: 'n.i', serial: 'n.i', fingerprint: 'n.i' }
    const values = Object.keys(row!).map((column) => {
      const value = own[column]
      return value === undefined ? column : column === 'number' ? value : `cast(${value} as text)`
    })
    const many = '(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n) AS n'
    await ask(
      database,
      `INSERT INTO certificate (${Object.keys(row!)}) SELECT ${values} FROM certificate, ${many} WHERE id = 'machine'`,
    )
    if (engine === 'postgres') await ask(database, 'ANALYZE certificate')
    const rows = await ask(
      database,
      `${engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} SELECT id FROM certificate WHERE environment = 'production'
        AND receiver IS NOT NULL AND revoked_at IS NULL AND not_after || '' >= '${NOW}' ORDER BY receiver, id LIMIT 11`,
    )
    assert.match(rows.map((row) => Object.values(row).join(' ')).join('\n'), /certificate_receiver/)
  })

  test('come in pages by name, each once', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      for (let n = 0; n < 7; n++)
        await add(stores, `${n}`, { name: n % 2 ? 'Zoé' : 'Émile', email: `p${n}@example.org` })
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await stores.recipients.page(PRODUCTION, { now: NOW, size: 2, ...(after ? { after } : {}) })
        seen.push(...page.items.map(({ certificate: { id } }) => id))
        after = page.next
      } while (after !== undefined)
      const sorted = ['0', '2', '4', '6', '1', '3', '5'].map((n) => `of ${n}`)
      assert.deepEqual(seen, sorted)
    })
  })
})
