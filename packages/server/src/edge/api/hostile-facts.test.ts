import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type Applicant,
  type Furnished,
  furnish,
  makeApplicant,
  startDesk,
  type TestDesk,
  workstationName,
} from '../../testing/index.ts'

// Texts that a program could take for something else than text, where strangers can write: names of a CSR.

let desk: TestDesk
let people: Furnished
let applicant: Applicant
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
  applicant = await makeApplicant(desk)
})
after(() => desk.stop())

const LOOK_ALIKES = ['2026-99-99T99:99:99Z', '{x}', "it's {why, select,", '<b>', '1e999', 'constructor']
const languages = ['en', 'fr'].map((language) => ({ headers: { 'accept-language': language } }))

test('a request that nobody could open (M4): names that look like something else are asked, read and rejected', async () => {
  const { csr } = await applicant.credential({ commonName: workstationName(), names: LOOK_ALIKES })
  const submitted = await applicant.submit(people.post.kit, csr)
  assert.equal(submitted.status, 200, submitted.text)
  const path = `/api/requests/${submitted.json.request.number}`
  for (const reader of [people.post.manager, people.administrator]) {
    for (const language of languages) {
      const { status, json, text } = await reader.get(path, language)
      assert.equal(status, 200, text)
      const says = json.findings.map((one: { says: string }) => one.says).join('\n')
      for (const name of LOOK_ALIKES) assert.ok(says.includes(name), `${name}: ${says}`)
    }
  }
  const rejected = await people.post.manager.post(`${path}/reject`, { reason: '2026-99-99T99:99:99Z {x} <b>' })
  assert.equal(rejected.status, 200, rejected.text)
  assert.equal(rejected.json.state, 'rejected')
})

test('a refusal of a name that looks like something else is a problem with its code (M4)', async () => {
  for (const commonName of LOOK_ALIKES) {
    const { csr } = await applicant.credential({ commonName })
    const answer = await applicant.submit(people.post.kit, csr)
    assert.equal(`${answer.status} ${answer.json.code}`, '422 name_not_allowed', answer.text)
    assert.ok(answer.json.detail.includes(commonName), answer.json.detail)
  }
})
