import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MOST_SERVICES } from '../../core/services/service.port.ts'
import type { Stores } from '../../core/work.ts'
import type { Database } from '../opening/open-database.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import {
  certificate,
  credential,
  day,
  grant,
  invitation,
  kit,
  mailBytes,
  NOW,
  PRODUCTION,
  person,
  service,
  stage,
} from '../testing/samples.ts'
import { firstOf, MOST_LOOKED_AT } from './first-of.ts'

/** What somebody had who is gone by now: their credential, and what they made with it. */
async function traces(stores: Stores): Promise<void> {
  await stage(stores)
  await stores.people.insert(person('guest', { invitedWith: 'stolen' }))
  await stores.grants.insert(grant('hers', 'guest', { role: 'auditor', givenWith: 'stolen' }))
  const spent = { at: NOW, for: 'key', made: 'of guest' }
  await stores.invitations.insert(invitation('link', 'guest', { madeWith: 'stolen', spent }))
  for (const [id, of] of [
    ['stolen', 'ada'],
    ['of guest', 'guest'],
  ] as const) {
    const der = mailBytes(`Person ${of}`, [`${of}@example.org`])
    await stores.certificates.insert(certificate(id, { owner: { kind: 'person', id: of }, receives: true, der }))
    await stores.credentials.insert(credential(id, of, { certificate: id }))
  }
  await stores.certificates.insert(certificate('second', { owner: { kind: 'person', id: 'ada' } }))
  await stores.credentials.insert(credential('second', 'ada', { certificate: 'second', madeWith: 'stolen' }))
  await stores.kits.insert(kit('nasty', { createdWith: 'stolen' }))
  await stores.services.insert(service('mail', 'ours', { name: 'Zoo' }))
}

/** So many copies of a row, under ids of their own, with what is changed. */
async function plant(
  database: Database,
  table: string,
  row: string,
  change: Readonly<Record<string, string>>,
  count: number,
): Promise<void> {
  const [one] = await ask(database, `SELECT * FROM ${table} WHERE ${row}`)
  const columns = Object.keys(one!)
  const numbers = `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n)`
  const values = columns.map((column) => change[column] ?? `${table}.${column}`)
  await ask(
    database,
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table}, ${numbers} AS n WHERE ${row}`,
  )
}

const later = `'${day(1)}'`
const id = "'planted ' || n.i"

eachDatabase('rows that somebody plants', ({ opened }) => {
  test('push nothing out of what is shown first: the list is read on, and each is told of', async () => {
    const told = new Set<string>()
    const { database, work } = await opened(({ table, id }) => told.add(`${table} ${id}`))
    await work.transaction(traces)
    const MANY = 1_300
    await plant(database, 'kit', "id = 'nasty'", { id, created_at: later }, MANY)
    await plant(database, 'person_grant', "id = 'hers'", { id, since: later }, MANY)
    await plant(
      database,
      'person',
      "id = 'guest'",
      { id, email_folded: id, created_at: later, state: "'invited'" },
      MANY,
    )
    await plant(
      database,
      'invitation',
      "hash = 'link'",
      { hash: id, person: id, spent_at: later, spent_made: "'coming ' || n.i" },
      MANY,
    )
    await plant(
      database,
      'invitation',
      "hash = 'link'",
      { hash: "'before theirs ' || n.i", spent_at: later, spent_made: "'of guest'" },
      MANY,
    )
    await plant(
      database,
      'credential',
      "id = 'second'",
      {
        id,
        handle: id,
        created_at: later,
        certificate: 'NULL',
      },
      MANY,
    )
    await plant(database, 'service', "id = 'mail'", { id, name: id, name_folded: id }, MANY)
    const found = await work.read(async ({ kits, people, grants, invitations, credentials, services }) => ({
      kits: (await kits.madeWith(PRODUCTION, 'stolen', NOW, 2)).items.map(({ id }) => id),
      people: (await people.invitedWith(PRODUCTION, 'stolen', NOW, 2)).items.map(({ id }) => id),
      grants: (await grants.givenWith(PRODUCTION, 'stolen', NOW, 2)).items.map(({ id }) => id),
      links: (await invitations.openedMadeWith(PRODUCTION, 'stolen', NOW, 2)).items.map(({ hash }) => hash),
      devices: (await credentials.addedWith(PRODUCTION, 'stolen', NOW, 2)).items.map(({ id }) => id),
      own: (await credentials.shown(PRODUCTION, 'ada', NOW, 2)).items.map(({ id }) => id),
      services: (await services.of(PRODUCTION, 'ours')).map(({ id }) => id),
    }))
    assert.deepEqual(found, {
      kits: ['nasty'],
      people: ['guest'],
      grants: ['hers'],
      links: ['link'],
      devices: ['second'],
      own: ['stolen', 'second'],
      services: ['mail'],
    })
    assert.ok(MANY > MOST_SERVICES)
    for (const table of ['kit', 'person', 'person_grant', 'invitation', 'credential', 'service'])
      for (const number of [1, MANY]) assert.ok(told.has(`${table} planted ${number}`), table)
  })

  test('hide nobody from the directory, nor from whoever looks for their address', async () => {
    const { database, work } = await opened()
    await work.transaction(traces)
    await plant(database, 'credential', "id = 'of guest'", { id, handle: id }, 3)
    // The same address as it stood in rows before A-labels were compared.
    const bücher = { name_folded: "'bücher'", email: "'eve@bücher.example'", email_folded: "'eve@bücher.example'" }
    await plant(database, 'person', "id = 'guest'", { id, ...bücher }, 1)
    await work.transaction(({ people }) => people.insert(person('eve', { email: 'eve@bücher.example' })))
    const found = await work.read(async ({ people, recipients }) => {
      const first = await recipients.page(PRODUCTION, { now: NOW, size: 2 })
      const rest = first.next && (await recipients.page(PRODUCTION, { now: NOW, size: 2, after: first.next }))
      const pages = [...first.items, ...(rest ? rest.items : [])]
      return {
        eve: (await people.findInvited(PRODUCTION, 'eve@bücher.example'))?.id,
        recipients: pages.map(({ certificate }) => certificate.id),
      }
    })
    assert.deepEqual(found, { eve: 'eve', recipients: ['stolen', 'of guest'] })
  })
})

test('a list is read on for so long as it is worth, and then says that there is more', async () => {
  const asked: (readonly [number, number])[] = []
  const none = await firstOf(2, async (most, passed) => {
    asked.push([most, passed])
    return { rows: most, genuine: [] }
  })
  assert.deepEqual(none, { items: [], more: true })
  assert.deepEqual(asked.slice(0, 3), [
    [3, 0],
    [1_000, 3],
    [1_000, 1_003],
  ])
  assert.equal(asked.length, 1 + MOST_LOOKED_AT / 1_000)
  const rows = (genuine: readonly number[], rows: number) => firstOf(2, async () => ({ rows, genuine }))
  assert.deepEqual(await rows([1, 2], 2), { items: [1, 2], more: false })
  assert.deepEqual(await rows([1, 2, 3], 3), { items: [1, 2], more: true })
})
