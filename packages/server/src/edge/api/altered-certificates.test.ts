import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ask } from '../../store/testing/ask.ts'
import { enrolMachine, expectOk, furnish, startDesk } from '../../testing/index.ts'

// Whoever writes the database writes over a certificate: its page says so, and the list of the others goes on.

test('a certificate whose row was written over is told by its page, and an empty date ends no list', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const { administrator, post } = await furnish(desk)
  const machines = [await enrolMachine(desk, post), await enrolMachine(desk, post), await enrolMachine(desk, post)]
  const sql = (text: string) => ask({ kind: 'sqlite', file: join(desk.data, 'desk.sqlite') }, text)
  const ids: string[] = []
  for (const { serial } of machines) {
    const [row] = await sql(`SELECT id FROM certificate WHERE serial = '${serial}'`)
    ids.push(String(row!.id))
  }
  const all = async (): Promise<string[]> => {
    const found: string[] = []
    let after = ''
    for (let page = 0; page < 40; page++) {
      const path = `/api/certificates?size=1${after && `&after=${encodeURIComponent(after)}`}`
      const answer = await administrator.get(path)
      assert.equal(answer.status, 200, `${page} ${JSON.stringify(answer.json)}`)
      found.push(...answer.json.items.map(({ id }: { id: string }) => id))
      if (answer.json.next === undefined) return found
      after = answer.json.next
    }
    assert.fail('the list does not end')
  }
  const before = await all()
  for (const { name } of await sql(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'certificate'",
  ))
    await sql(`DROP TRIGGER ${name}`)
  await sql(`UPDATE certificate SET der = x'3003020101' WHERE id = '${ids[0]}'`)
  for (const column of ['issued_at', 'not_after', 'not_before']) {
    await sql(`UPDATE certificate SET ${column} = '' WHERE id = '${ids[1]}'`)
    // The row alone is left out where its list says that date.
    const found = await all()
    assert.deepEqual(
      before.filter((id) => id !== ids[1] && !found.includes(id)),
      [],
      column,
    )
  }
  const page = async (id: string, more = '') => administrator.get(`/api/certificates/${id}${more}`)
  for (const id of [ids[0]!, ids[1]!]) {
    const { status, json } = await page(id)
    assert.deepEqual([status, json.code], [409, 'certificate_row_altered'], JSON.stringify(json))
  }
  await expectOk(page(ids[2]!))
  // Nothing is decided about what is not what it says: another one may be meant.
  const revoked = await administrator.post(`/api/certificates/${ids[0]}/revoke`, { reason: 'superseded' })
  assert.deepEqual([revoked.status, revoked.json.code], [409, 'certificate_row_altered'], JSON.stringify(revoked.json))
  const [row] = await sql(`SELECT revocation_reason FROM certificate WHERE id = '${ids[0]}'`)
  assert.equal(row!.revocation_reason, null)
})
