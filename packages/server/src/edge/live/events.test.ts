import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listenAt } from '../../../test/event-stream.ts'
import {
  acceptInvitation,
  type Furnished,
  furnish,
  makeApplicant,
  startDesk,
  type TestDesk,
  type Visitor,
  workstationName,
} from '../../testing/index.ts'

let desk: TestDesk
let people: Furnished
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
})
after(() => desk.stop())

const listen = (visitor: Visitor, headers?: Record<string, string>) => listenAt(desk, visitor, headers)

async function ask(office: Furnished['post']): Promise<number> {
  const applicant = await makeApplicant(desk)
  const { csr } = await applicant.credential({ commonName: workstationName() })
  return (await applicant.submit(office.kit, csr)).json.request.number
}

test('a manager sees the requests of his organisation appear, and nothing of another', async (t) => {
  const [post, bank] = await Promise.all([listen(people.post.manager), listen(people.bank.manager)])
  t.after(() => [post, bank].forEach((stream) => void stream.close()))
  assert.match(String(post.response.headers['content-type']), /^text\/event-stream/)
  const number = await ask(people.post)
  await post.sees(new RegExp(`data: \\{"kind":"request","id":"${number}"`))
  const theirs = await ask(people.bank)
  await bank.sees(new RegExp(`"id":"${theirs}"`))
  assert.doesNotMatch(bank.text(), new RegExp(`"id":"${number}"`))
  assert.doesNotMatch(post.text(), new RegExp(`"id":"${theirs}"`))
})

test('who comes back with the last id misses nothing and sees nothing twice', async (t) => {
  const first = await listen(people.post.manager)
  const seen = await ask(people.post)
  await first.sees(new RegExp(`"id":"${seen}"`))
  const last = first.lastId()
  first.close()
  const missed = await ask(people.post)
  const again = await listen(people.post.manager, { 'last-event-id': last })
  t.after(() => again.close())
  await again.sees(new RegExp(`"id":"${missed}"`))
  assert.doesNotMatch(again.text(), new RegExp(`"id":"${seen}"`))
})

test('a stream ends with its session', async () => {
  const invited = await people.administrator.post('/api/people', { name: 'X', email: 'x@example.org', role: 'auditor' })
  const auditor = await acceptInvitation(desk, invited.json.invitation.link)
  const stream = await listen(auditor)
  await people.administrator.post(`/api/people/${invited.json.person.id}/disable`)
  await stream.ends()
})

test('a stranger gets no stream, and garbage for a last id is none', async (t) => {
  const { response } = await listen({ cookie: '' } as Visitor)
  assert.equal(response.statusCode, 401)
  const stream = await listen(people.auditor, { 'last-event-id': '-1; DROP TABLE' })
  t.after(() => stream.close())
  assert.equal(stream.response.statusCode, 200)
  await stream.sees(/^id: \d+$/m)
})
