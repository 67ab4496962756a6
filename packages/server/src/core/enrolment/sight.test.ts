import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  firstAdministrator,
  invited,
  kit,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submit,
} from '../../../test/rules-desk.ts'
import { ask } from '../../store/ask.ts'
import { eachDatabase } from '../../store/each-database.ts'
import { openWork } from '../../store/index.ts'
import { SAMPLE_CODES } from '../../store/sample-codes.ts'

// What is signed is what whoever approved had seen, whatever the database says meanwhile.

/** What stands in a row of a request from its submission on, and what somebody who writes the database might put there. */
const ASKED: Readonly<Record<string, string>> = {
  // With a kit of that organisation: the database itself refuses another.
  organisation:
    "(SELECT id FROM organisation WHERE code = 'BANK'), kit_id = (SELECT MAX(id) FROM kit WHERE organisation <> request.organisation)",
  enrolment: "'server'",
  store: "'user'",
  common_name: "'ws-evil'",
  subject_key: "'ws-evil'",
  subject: '(SELECT subject FROM request WHERE number = 2)',
  names: `'["evil.example.org"]'`,
  csr: '(SELECT csr FROM request WHERE number = 2)',
  key_hash: '(SELECT key_hash FROM request WHERE number = 2)',
  applicant: '(SELECT applicant FROM request WHERE number = 2)',
  machine: '(SELECT machine FROM request WHERE number = 2)',
  contact: '(SELECT contact FROM request WHERE number = 2)',
  from_address: "'203.0.113.9'",
  kit_id: '(SELECT MAX(id) FROM kit WHERE id <> request.kit_id AND organisation = request.organisation)',
  kit_name: "'another'",
  findings: "'[]'",
  submitted_at: "'2020-01-01T00:00:00.000Z'",
}
/** What follows from the others, or changes while the request goes its way. */
const OPEN = [
  ...['number', 'environment', 'host_folded', 'from_network', 'search', 'state', 'reason'],
  ...['decided_at', 'decided_by', 'downloaded_at', 'downloaded_by', 'certificate', 'certificate_ends'],
]

eachDatabase('the mark of an approval', ({ where }) => {
  test('a row that is changed between the sight and the click is not signed, whichever of its columns', async (t) => {
    const database = await where()
    const work = await openWork(database, SAMPLE_CODES)
    t.after(() => work.close())
    const sql = (text: string) => ask(database, text)
    const { core, beforeNextUnit } = await rulesDeskOn(work)
    const { actor: admin } = await firstAdministrator(core)
    const post = await organisation(core, admin)
    const manager = (await invited(core, admin, 'manager', { organisation: post.id })).actor
    const inHand = await kit(core, admin, post.id)
    await kit(core, admin, post.id)
    await kit(core, admin, (await organisation(core, admin, 'BANK', 'Banque d’essai')).id)
    const { request } = await submit(core, await machine(), inHand)
    const other = { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb', hostName: 'evil', email: 'evil@post.example' }
    await submit(core, await machine(), inHand, other)
    const { number } = request
    const [row] = await sql('SELECT * FROM request WHERE number = 1')
    assert.deepEqual(Object.keys(row!).sort(), [...Object.keys(ASKED), ...OPEN].sort(), 'every column is placed')

    await sql('CREATE TABLE kept AS SELECT * FROM request WHERE number = 1')
    const put = (column: string, value: string) => sql(`UPDATE request SET ${column} = ${value} WHERE number = 1`)
    const back = () =>
      sql(
        `UPDATE request SET ${Object.keys(ASKED).map((name) => `${name} = (SELECT ${name} FROM kept)`)} WHERE number = 1`,
      )
    const changed = refused('request_changed_since', { request: number })
    const { mark } = await core.requests.detail(admin, number)
    for (const [column, value] of Object.entries(ASKED)) {
      await put(column, value)
      await assert.rejects(core.requests.approve(admin, number, mark), changed, `${column}, before the call`)
      await back()
      beforeNextUnit(() => put(column, value))
      await assert.rejects(core.requests.approve(admin, number, mark), changed, `${column}, in the midst of it`)
      await back()
    }
    assert.deepEqual(await sql('SELECT id FROM intent'), [])
    assert.equal((await core.requests.approve(admin, number, mark)).state, 'approved', 'as it was seen, it is signed')

    const others = await core.requests.detail(admin, 2)
    const foreign = refused('request_changed_since', { request: 2 })
    for (const wrong of [mark, '', `.${others.mark.slice(-64)}`, `${'0'.repeat(64)}.${'0'.repeat(64)}`]) {
      await assert.rejects(core.requests.approve(manager, 2, wrong), foreign)
    }
    const own = await core.requests.detail(manager, 2)
    assert.equal((await core.requests.approve(manager, 2, own.mark)).state, 'approved')
  })
})
