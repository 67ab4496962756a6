import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLICANT_HEADER } from '@scel/contract/applicant'
import * as contract from '@scel/contract/routes'
import fc from 'fast-check'
import { type Answer, call, type Furnished, furnish, startDesk, type TestDesk, visitorOf } from '../../testing/index.ts'

// Whatever is sent, the answer is one of the contract's own refusals (or a good answer): never an internal error, never
// a cut connection, and the desk is there for the next call.

let desk: TestDesk
let people: Furnished
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
})
after(() => desk.stop())

const routes = Object.values(contract as Record<string, unknown>)
  .filter((route): route is contract.Route => typeof route === 'object' && route !== null && 'access' in route)
  .filter((route) => route.access.kind !== 'certificate' && route !== contract.liveEvents)

const sane = (answer: Answer, what: string): void => {
  assert.ok(answer.status < 500, `${what}: ${answer.text}`)
  if (answer.status >= 400) assert.ok(answer.json.code && answer.json.detail, `${what}: ${answer.text}`)
}

const part = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '..',
    '%00',
    '%',
    'A'.repeat(22),
    '0',
    '-1',
    '1e9',
    '9007199254740993',
    '__proto__',
    'a'.repeat(9_000),
  ),
)

test('any JSON for a body, any text for a parameter, any header: no call is answered with a fault of ours', async () => {
  const signOut = (route: contract.Route): boolean => route === contract.signOut || route === contract.endSession
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes.filter((route) => !signOut(route))),
      fc.jsonValue({ maxDepth: 4 }),
      part,
      part,
      part,
      async (route, body, parameter, query, header) => {
        const path = route.path.replace(/:\w+/g, encodeURIComponent(parameter).replaceAll('.', '%2E') || 'x')
        const search = encodeURIComponent(query)
        const text = header.replace(/[^\x20-\x7e]/g, '').slice(0, 8_000)
        const answer = await call(`${desk.services.portal}${path}?search=${search}&after=${search}&size=${search}`, {
          ca: desk.root,
          method: route.method,
          headers: {
            cookie: people.administrator.cookie,
            [APPLICANT_HEADER]: text,
            'accept-language': text,
            'user-agent': text,
          },
          ...(route.method === 'POST' && {
            body: JSON.stringify(body),
            headers: jsonWith(people.administrator.cookie, text),
          }),
        })
        sane(answer, `${route.method} ${path}`)
      },
    ),
    { numRuns: 400 },
  )
})

const jsonWith = (cookie: string, text: string): Record<string, string> => ({
  ...{ cookie, 'content-type': 'application/json', [APPLICANT_HEADER]: text },
})

test('a body that is nearly right, with one field of it spoilt, is refused or taken, never a fault of ours', async () => {
  const good: readonly [string, Record<string, unknown>][] = [
    ['/api/organisations', { code: 'AB', name: 'x', country: 'FR', siren: '356000000' }],
    [
      '/api/people',
      { name: 'x', email: 'x@example.org', role: 'manager', organisation: people.post.id, language: 'fr' },
    ],
    ['/api/invitations/inspect', { token: 'A'.repeat(43) }],
    ['/api/invitations/accept', { token: 'A'.repeat(43), csr: 'x' }],
    [
      '/api/kits',
      {
        ...{ name: 'k', organisation: people.post.id, profile: 'workstation', store: 'user', keys: ['ec-p256'] },
        ...{ proposedKey: 'ec-p256', uses: 1, validityDays: 1, standingApproval: false },
      },
    ],
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...good),
      fc.nat(20),
      fc.jsonValue({ maxDepth: 2 }),
      async ([path, body], at, value) => {
        const names = Object.keys(body)
        const spoilt = { ...body, [names[at % names.length]!]: value }
        sane(await people.administrator.post(path, spoilt), `${path} ${JSON.stringify(spoilt)}`)
      },
    ),
    { numRuns: 300 },
  )
})

test('any bytes asked of OCSP are answered as OCSP answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (body) => {
      const headers = { 'content-type': 'application/ocsp-request' }
      const answer = await call(`${desk.services.public}/ocsp`, { method: 'POST', body, headers })
      assert.deepEqual([answer.status, answer.bytes[0]], [200, 0x30])
    }),
    { numRuns: 100 },
  )
})

test('after all that the desk is as it was for those who call it rightly', async () => {
  assert.equal((await people.administrator.get('/api/requests')).status, 200)
  assert.equal((await visitorOf(desk).get('/api/desk')).status, 200)
  assert.ok(!desk.log.some((line) => line.includes('internal error')))
})
