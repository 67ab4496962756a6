import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
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

/** A stream as a browser's EventSource reads it. */
async function listen({ cookie }: Visitor, headers: Record<string, string> = {}) {
  const request = https.get(`${desk.services.portal}/api/events`, { ca: desk.root, headers: { cookie, ...headers } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  let ended = false
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  response.on('close', () => (ended = true))
  const until = async (found: () => boolean): Promise<void> => {
    for (let tries = 0; !found(); tries++) {
      if (tries > 500) assert.fail(`not seen in: ${text}`)
      await setTimeout(20)
    }
  }
  return {
    response,
    close: () => request.destroy(),
    text: () => text,
    ends: () => until(() => ended),
    sees: (pattern: RegExp) => until(() => pattern.test(text)),
    lastId: () => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '',
  }
}

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
