import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readStatement } from '@scel/contract/kit'
import * as contract from '@scel/contract/routes'
import {
  acceptInvitation,
  enrolMachine,
  type Furnished,
  furnish,
  type Machine,
  makeKit,
  NO_MARK,
  startDesk,
  type TestDesk,
  type Visitor,
  visitorOf,
} from '../../testing/index.ts'

let desk: TestDesk
let people: Furnished
let machine: Machine
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
  machine = await enrolMachine(desk, people.post)
})
after(() => desk.stop())

const codeOf = ({ status, json }: { status: number; json: { code: string } }): string => `${status} ${json.code}`

test('what belongs to another organisation does not exist for a manager, whatever he calls', async () => {
  const { manager } = people.bank
  const theirs = `/api/requests/${machine.number}`
  const certificate = `/api/certificates/${machine.certificateId}`
  for (const [method, path, body] of [
    ['GET', theirs],
    ['POST', `${theirs}/approve?mark=${NO_MARK}`],
    ['POST', `${theirs}/reject`, { reason: 'no' }],
    ['GET', certificate],
    ['GET', `${certificate}/file?form=pem`],
    ['POST', `${certificate}/revoke`, { reason: 'keyCompromise' }],
    ['GET', `/api/organisations/${people.post.id}`],
  ] as const) {
    const answer = await (method === 'GET' ? manager.get(path) : manager.post(path, body))
    assert.equal(codeOf(answer), '404 not_found', `${method} ${path}`)
  }
})

test('no list shows a manager another organisation, whatever he filters by', async () => {
  const { manager, id } = people.bank
  for (const path of ['/api/requests', '/api/certificates', '/api/kits', '/api/organisations']) {
    for (const query of ['', `?organisation=${people.post.id}`, '?search=a', '?size=200']) {
      if (path === '/api/organisations' && query.includes('organisation')) continue
      const { status, text } = await manager.get(`${path}${query}`)
      assert.equal(status, 200, text)
      for (const foreign of [people.post.id, 'J1CFRA', machine.certificateId, machine.serial]) {
        assert.ok(!text.includes(foreign), `${path}${query} shows ${foreign}`)
      }
    }
  }
  assert.ok((await manager.get('/api/organisations')).text.includes(id))
})

test('a stranger’s number of a thing tells nothing: what exists elsewhere and what never existed look alike', async () => {
  const { manager } = people.bank
  const [elsewhere, never] = [
    await manager.get(`/api/requests/${machine.number}`),
    await manager.get('/api/requests/999999'),
  ]
  assert.deepEqual(elsewhere.json, never.json)
})

test('the test environment is another world: nothing of production exists in it, nor the other way round', async () => {
  const actor = { kind: 'desk', name: 'invite-admin' } as const
  const { token } = await desk.core.people.inviteAdministrator(actor, {
    environment: 'test',
    email: 'tester@desk.example',
  })
  const tester = await acceptInvitation(desk, token)
  for (const path of ['/api/requests', '/api/certificates?profile=workstation', '/api/kits', '/api/organisations']) {
    assert.deepEqual((await tester.get(path)).json.items, [], path)
  }
  for (const path of [
    `requests/${machine.number}`,
    `certificates/${machine.certificateId}`,
    `organisations/${people.post.id}`,
  ]) {
    assert.equal(codeOf(await tester.get(`/api/${path}`)), '404 not_found', path)
  }
  assert.equal(
    codeOf(await tester.post(`/api/certificates/${machine.certificateId}/revoke`, { reason: 'unspecified' })),
    '404 not_found',
  )
  const { text } = await people.administrator.get('/api/people')
  assert.ok(!text.includes((await tester.get('/api/session')).json.person.id))
  const audit = await tester.get('/api/audit?size=200')
  assert.ok(!audit.text.includes(people.post.id))
  // Their own kit is refused by nothing but asks for certificates of their own root.
  const made = await tester.post('/api/organisations', {
    code: 'J1CFRA',
    name: 'The same code, in tests',
    country: 'FR',
  })
  const kit = await makeKit(tester, made.json.id)
  const word = await readStatement(kit.desk, new Date())
  assert.ok('id' in word)
  assert.equal(kit.rules.environment, 'test')
  assert.deepEqual([word.roots.test, word.roots.production], [desk.roots.test, desk.roots.production])
})

/** Every route of the contract that wants a person, with parameters that fit but name nothing. */
const routes = Object.entries(contract as Record<string, unknown>)
  .filter(
    (entry): entry is [string, contract.Route] => typeof entry[1] === 'object' && 'access' in (entry[1] as object),
  )
  .filter(([, { access }]) => access.kind === 'person')
const pathOf = (route: contract.Route): string =>
  contract.pathOf(route, { id: 'A'.repeat(22), grant: 'A'.repeat(22), number: 999_999 }) +
  (route.path.endsWith('/file') ? '?form=cer' : '')
const callAs = (visitor: Visitor, { method, ...route }: contract.Route, body?: unknown, headers = {}) => {
  const path = pathOf({ method, ...route })
  const input = { headers }
  if (method === 'GET') return visitor.get(path, input)
  return method === 'DELETE' ? visitor.delete(path, input) : visitor.post(path, body, input)
}

const BODIES: Readonly<Record<string, unknown>> = {
  createOrganisation: { code: 'ZZ', name: 'Z', country: 'FR' },
  setOrganisationNames: { nameSuffixes: ['z.example'] },
  createKit: {
    ...{ name: 'k', organisation: 'A'.repeat(22), profile: 'workstation', store: 'user' },
    ...{ keys: ['ec-p256'], proposedKey: 'ec-p256', uses: 1, validityDays: 1 },
  },
  giveGrant: { role: 'auditor' },
  invitePerson: { name: 'x', email: 'x@example.org', role: 'auditor' },
  rejectRequest: { reason: 'no' },
  revokeCertificate: { reason: 'unspecified' },
}

test('every call that wants a person refuses a stranger, and a cookie that nobody was given', async () => {
  const guessed = visitorOf(desk, { cookie: `__Host-scel-session=${'A'.repeat(43)}` })
  const garbage = visitorOf(desk, { cookie: '__Host-scel-session=%00;;=,__Host-scel-session' })
  for (const [name, route] of routes) {
    for (const stranger of [visitorOf(desk), guessed, garbage]) {
      const answer = await callAs(stranger, route, BODIES[name])
      assert.equal(codeOf(answer), '401 sign_in_required', name)
    }
  }
})

test('every call refuses another site, whoever is signed in', async () => {
  for (const [name, route] of routes) {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await callAs(people.administrator, route, BODIES[name], headers)
      assert.equal(codeOf(answer), '403 origin_refused', `${name} ${JSON.stringify(headers)}`)
    }
  }
})

test('every error is a problem with a code, a status, and words in the language of the caller', async () => {
  const { json, headers, status } = await people.administrator.get('/api/requests/999999', {
    headers: { 'accept-language': 'fr' },
  })
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.equal(json.status, status)
  assert.match(json.detail, /Cette demande n’existe pas/)
  const explained = await people.administrator.get(json.type, { headers: { 'accept-language': 'fr' } })
  assert.match(explained.text, /^not_found \(404\)\n/)
})
