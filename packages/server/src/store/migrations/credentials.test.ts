import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personOwner } from '../../core/owner.ts'
import { fillCredentials } from '../../core/people/fill-credentials.ts'
import { ask } from '../ask.ts'
import { codedRows } from '../coded-rows.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { certificate, day, invitation, PRODUCTION, person, stage } from '../samples.ts'
import { credentials } from './0031-credentials.ts'
import { openBefore, putBack } from './old-database.ts'

type Row = Readonly<Record<string, unknown>>
const SIGNS_IN = new Set(['ada', 'bob'])

/** A person of then, with the certificate that they signed in with in their own row. */
function asBefore(row: Row, table: string): Row {
  if (table !== 'person' || !SIGNS_IN.has(String(row.id))) return row
  const { id, serial, authority } = certificate(`of ${row.id}`)
  const had = { certificate_id: id, certificate_authority: authority, certificate_serial: serial }
  return codedRows(SAMPLE_CODES, () => {}).sealed('person', { ...row, ...had } as never)
}

const TABLES = ['organisation', 'kit', 'person', 'authority', 'certificate', 'invitation']

eachDatabase('credentials as rows of their own', ({ where }) => {
  test('everybody of before signs in with the certificate that they had; open links stay, sessions end', async () => {
    const now = await where()
    const work = await openWork(now, SAMPLE_CODES)
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(person('bob'))
      await stores.people.insert(person('eve', { state: 'invited' }))
      await stores.invitations.insert(invitation('link', 'eve'))
      for (const id of ['ada', 'bob']) {
        await stores.certificates.insert(certificate(`of ${id}`, { owner: personOwner(id), key: id }))
      }
    })
    await work.close()
    const old = await where()
    await openBefore(old, credentials)
    await putBack(now, old, TABLES, asBefore)
    await ask(
      old,
      `UPDATE certificate SET revoked_at = '${day(1)}', revocation_reason = 'superseded' WHERE id = 'of bob'`,
    )
    await ask(
      old,
      `INSERT INTO session (id, environment, person, token_hash, started_at, last_seen_at, expires_at, from_address, agent, how, certificate)
        VALUES ('s', 'production', 'ada', 'h', '${day(0)}', '${day(0)}', '${day(1)}', '', '', 'certificate', 'of ada')`,
    )

    const forged: unknown[] = []
    const migrated = await openWork(old, SAMPLE_CODES, (row) => forged.push(row))
    try {
      await migrated.fillInventories()
      for (const time of ['first', 'second']) {
        await fillCredentials(migrated)
        await migrated.read(async (stores) => {
          const [ada, ...more] = await stores.credentials.ofPerson(PRODUCTION, 'ada')
          assert.deepEqual([ada?.certificate, ada?.strength, ada?.ended, more], ['of ada', 'high', undefined, []], time)
          const found = await stores.credentials.findByHandle('certificate', `machines ${certificate('of ada').serial}`)
          assert.deepEqual(found, ada)
          const [bob] = await stores.credentials.ofPerson(PRODUCTION, 'bob')
          assert.deepEqual(bob?.ended, { at: day(1), reason: 'revoked' })
          assert.deepEqual(await stores.credentials.ofPerson(PRODUCTION, 'eve'), [])
          assert.equal((await stores.invitations.findByHash('link'))?.person, 'eve')
          assert.equal(await stores.sessions.findByToken('h'), undefined)
          assert.equal((await stores.people.entry(PRODUCTION, 'ada'))?.certificateState?.id, 'of ada')
        })
      }
      assert.deepEqual(forged, [])
    } finally {
      await migrated.close()
    }
  })
})
