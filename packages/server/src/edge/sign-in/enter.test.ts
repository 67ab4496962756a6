import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuse } from '@scel/contract/errors'
import fastify from 'fastify'
import { makeFailures } from '../http/limits/failures.ts'
import { enterBy } from './enter.ts'
import { hostCookie } from './host-cookie.ts'

const PORTAL = 'https://desk.example:8443'
const attempt = hostCookie('__Host-scel-attempt', 'Lax')
const [begun, session] = ['A'.repeat(43), 'S'.repeat(43)]

/** A door to which a browser comes back with a GET from another site, where it was sent with a cookie of ours. */
function doorOfTheWayBack() {
  const failures = makeFailures(600, { elapsed: () => 0 })
  const open = new Set([begun])
  const tried: unknown[] = []
  const door = fastify()
  const enter = enterBy(
    {
      admit: (request) => void (attempt.read(request) ?? refuse('origin_refused', {})),
      tried: (request) => attempt.read(request),
      begin: async (request, caller) => {
        tried.push(caller)
        if (!open.delete(attempt.read(request) ?? '')) refuse('sign_in_required', {})
        return { token: session }
      },
    },
    PORTAL,
    failures,
  )
  door.get('/back', async (request, reply) => {
    attempt.clear(reply) // good once, however it ends
    return enter(request, reply)
  })
  const come = (cookie?: string) =>
    door.inject({
      url: '/back?code=x',
      headers: { 'sec-fetch-site': 'cross-site', 'user-agent': 'A\u00e9B', ...(cookie && { cookie }) },
    })
  return { come, tried }
}

const CLEARED = '__Host-scel-attempt=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0'

test('who comes back from another site is signed in by the rules of every session, once', async () => {
  const { come, tried } = doorOfTheWayBack()
  const first = await come(`__Host-scel-attempt=${begun}`)
  assert.equal(first.statusCode, 303)
  assert.equal(first.headers.location, `${PORTAL}/`)
  assert.equal(first.headers['cache-control'], 'no-store')
  assert.deepEqual(first.headers['set-cookie'], [
    CLEARED,
    `__Host-scel-session=${session}; Path=/; Secure; HttpOnly; SameSite=Strict`,
  ])
  assert.deepEqual(tried, [{ from: '127.0.0.1', agent: 'AB' }])
  const again = await come(`__Host-scel-attempt=${begun}`)
  assert.equal(again.headers.location, `${PORTAL}/sign-in?refused=sign_in_required`)
  assert.equal(again.headers['set-cookie'], CLEARED)
})

test('a browser that was never sent away is not signed in: what another site has begun is not its own', async () => {
  const { come, tried } = doorOfTheWayBack()
  const { headers } = await come()
  assert.equal(headers.location, `${PORTAL}/sign-in?refused=origin_refused`)
  assert.equal(headers['set-cookie'], CLEARED)
  assert.deepEqual(tried, [])
})

test('what is tried too often at such a door is refused as elsewhere, and with no address of the portal’s', async () => {
  const { come } = doorOfTheWayBack()
  const statuses = new Set<number>()
  for (let tries = 0; tries < 40; tries++) {
    statuses.add((await come(`__Host-scel-attempt=${'B'.repeat(43)}`)).statusCode)
  }
  assert.deepEqual([...statuses], [303, 500]) // a bare door has no words for its errors
})
