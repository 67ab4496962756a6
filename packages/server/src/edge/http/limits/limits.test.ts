import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as contract from '@scel/contract/routes'
import * as values from '@scel/contract/values'
import { acceptInvitation, call, signIn, startDesk, visitorOf } from '../../../testing/index.ts'

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

const { pattern } = values.Secret as { readonly pattern?: string }

test('every route at which a stranger may guess says at which field', () => {
  const guessed = Object.values(contract as unknown as Record<string, contract.Route>).flatMap((route) => {
    if (route.access?.kind !== 'public') return []
    const fields = (route.body as { properties?: Record<string, { pattern?: string }> } | undefined)?.properties ?? {}
    const secret = Object.keys(fields).filter((name) => fields[name]?.pattern === pattern)
    return secret.length > 0 || route.tries !== undefined ? [[route.path, secret, [route.tries]] as const] : []
  })
  assert.ok(guessed.length > 3)
  for (const [path, secret, tries] of guessed) assert.deepEqual(tries, secret, path)
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
  // Those who succeed are not counted with them, however many share the address and the hour.
  for (let tries = 0; tries < 30; tries++) {
    const answer = await signIn(desk, person)
    assert.equal(answer.headers.location, `${desk.services.portal}/`)
  }
  // Nor does a thief of a certificate push its owner's sessions out faster than they can say so.
  assert.equal((await signIn(desk, person)).status, 429)
})

test('nor does a neighbour who calls as often as an address may: who is signed in, or signs in, is counted alone (att20 LM-3)', async (t) => {
  const desk = await startDesk({ requestsPerMinute: 60 })
  t.after(() => desk.stop())
  const person = await acceptInvitation(desk, desk.inviteLink)
  const stranger = visitorOf(desk)
  const cookieOf = async (): Promise<string> =>
    String((await signIn(desk, person)).headers['set-cookie']?.[0]).split(';')[0]!
  const [first, second] = [visitorOf(desk, { cookie: await cookieOf() }), visitorOf(desk, { cookie: await cookieOf() })]
  const statusOf = async (visitor: typeof first): Promise<number> => (await visitor.get('/api/session')).status
  assert.equal(await statusOf(first), 200)
  const unknown = visitorOf(desk, { cookie: `__Host-scel-session=${'A'.repeat(43)}` })
  for (let calls = 0; calls < 70; calls++) await (calls % 2 ? stranger : unknown).get('/api/desk')
  assert.deepEqual([await statusOf(stranger), await statusOf(unknown)], [429, 429], 'a cookie that nobody gave is none')
  assert.deepEqual([await statusOf(first), await statusOf(second)], [200, 200])
  // Whoever signs in again and again gains nothing by that before the first call that is judged.
  const news = await Promise.all([1, 2, 3].map(async () => visitorOf(desk, { cookie: await cookieOf() })))
  const early: number[] = []
  for (let calls = 0; calls < 90; calls++) early.push((await news[calls % 3]!.get('/api/desk')).status)
  assert.ok(early.includes(429))
  // Of all sessions of one person together as often as an address may.
  const statuses: number[] = []
  for (let calls = 0; calls < 70; calls++) statuses.push(await statusOf(calls % 2 ? first : second))
  assert.ok(statuses.includes(429))
})
