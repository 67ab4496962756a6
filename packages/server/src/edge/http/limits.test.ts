import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptInvitation, call, signIn, startDesk, visitorOf } from '../../testing/index.ts'

test('what tries a secret may be called less often than the rest', async (t) => {
  const desk = await startDesk({ requestsPerMinute: 200 })
  t.after(() => desk.stop())
  const visitor = visitorOf(desk)
  const guess = async (): Promise<number> =>
    (await visitor.post('/api/invitations/inspect', { token: 'A'.repeat(43) })).status
  const knock = async (): Promise<number> =>
    (await call(`${desk.services.mutual}/sign-in`, { method: 'POST', ca: desk.root })).status
  for (const attempt of [guess, knock]) {
    const statuses: number[] = []
    for (let tries = 0; tries < 31; tries++) statuses.push(await attempt())
    assert.equal(statuses.indexOf(429), 30)
  }
  assert.equal((await visitor.get('/api/desk')).status, 200)
})

test('M9: whoever fails to sign in again and again keeps out nobody else of that address', async (t) => {
  const desk = await startDesk({ requestsPerMinute: 6_000 })
  t.after(() => desk.stop())
  const person = await acceptInvitation(desk, desk.inviteLink)
  const anonymous = async (): Promise<number> =>
    (await call(`${desk.services.mutual}/sign-in`, { method: 'POST', ca: desk.root })).status
  const statuses: number[] = []
  for (let tries = 0; tries < 65; tries++) statuses.push(await anonymous())
  assert.equal(statuses.indexOf(429), 60)
  // Those who succeed are never counted, however many share the address and the hour.
  for (let tries = 0; tries < 65; tries++) {
    const answer = await signIn(desk, person)
    assert.equal(answer.headers.location, `${desk.services.portal}/`)
  }
})
