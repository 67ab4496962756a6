import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ForgedRow } from '../../core/row-codes.ts'
import { ask } from '../ask.ts'
import { codedRows } from '../coded-rows.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { invitation, NOW, PRODUCTION, person, session, stage } from '../samples.ts'
import { grants } from './0033-grants.ts'
import { openBefore, putBack } from './old-database.ts'

const ROLES: Readonly<Record<string, string>> = {
  ada: 'administrator',
  mia: 'manager',
  otto: 'auditor',
  eve: 'auditor',
}

eachDatabase('people from before grants', ({ where }) => {
  test('have one of the role that they had, where they had it; a row that the desk did not write has none', async () => {
    const [now, then] = [await where(), await where()]
    const work = await openWork(now, SAMPLE_CODES)
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(person('mia', { organisation: 'ours', invitedWith: 'c' }))
      await stores.people.insert(person('otto'))
      await stores.people.insert(person('eve'))
      await stores.invitations.insert(invitation('link', 'mia'))
      await stores.sessions.insert(session('session', 'mia'))
    })
    await work.close()
    await openBefore(then, grants)
    const coded = codedRows(SAMPLE_CODES, () => {})
    await putBack(now, then, ['organisation', 'person', 'invitation', 'session'], (row, table) =>
      table === 'person' ? coded.sealed('person', { ...row, role: ROLES[String(row.id)] } as never) : row,
    )
    await ask(then, "UPDATE person SET role = 'administrator' WHERE id = 'eve'")
    const forged: ForgedRow[] = []
    const upgraded = await openWork(then, SAMPLE_CODES, (row) => forged.push(row))
    try {
      await upgraded.fillInventories()
      forged.length = 0
      assert.equal(await upgraded.grantRoles(), 3)
      assert.deepEqual(
        forged.map(({ id }) => id),
        ['eve'],
      )
      const of = (id: string) => upgraded.read((stores) => stores.grants.of(PRODUCTION, id))
      const made = { environment: 'production', from: NOW, givenBy: { kind: 'desk', name: 'upgrade' } } as const
      assert.deepEqual(await of('ada'), [
        { ...made, id: 'ada', person: 'ada', role: 'administrator', place: { kind: 'environment' } },
      ])
      const place = { kind: 'organisation', id: 'ours' } as const
      assert.deepEqual(await of('mia'), [{ ...made, id: 'mia', person: 'mia', role: 'manager', place, givenWith: 'c' }])
      assert.deepEqual(await of('eve'), [])
      assert.equal((await upgraded.read(({ people }) => people.find(PRODUCTION, 'mia')))?.organisation, 'ours')
      assert.equal((await upgraded.read(({ invitations }) => invitations.findByHash('link')))?.person, 'mia')
      // A row that is put back as it was makes no grant again, also when what was made has been ended.
      const ended = { at: NOW, by: { id: 'ada', name: 'Ada' } }
      await upgraded.transaction((stores) => stores.grants.end(PRODUCTION, 'otto', ended))
      const [old] = await ask(now, "SELECT * FROM person WHERE id = 'otto'")
      const { row_code } = coded.sealed('person', { ...old, role: 'auditor' } as never)
      await ask(then, `UPDATE person SET role = 'auditor', row_code = '${row_code}' WHERE id = 'otto'`)
      assert.equal(await upgraded.grantRoles(), 0)
      assert.deepEqual(await of('otto'), [])
    } finally {
      await upgraded.close()
    }
  })
})
