import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as contract from '@scel/contract/routes'
import { call, furnish, startDesk } from '../../testing/index.ts'

/** What people ask for that is the same when it is done twice, or is refused then. */
const SAME_TWICE = [
  ...['approveRequest', 'rejectRequest', 'withdrawRequest', 'revokeCertificate', 'rejectRequestsOfKit'],
  ...['setOrganisationNames', 'withdrawKit', 'confirmKit', 'refuseKit', 'endStandingApproval'],
  ...[
    'confirmInvitation',
    'refuseInvitation',
    'disablePerson',
    'endGrant',
    'confirmGrant',
    'refuseGrant',
    'blockApplicant',
    'liftApplicant',
  ],
  ...['signOut', 'endSession', 'nameCredential', 'endCredential'],
  'handInRequest', // what waits already is answered with its number
  'downloadRequest',
  ...['renameService', 'closeService'],
  'resendDelivery', // sent once more, under its own id
]

test('whatever a person asks for is made once under its key, or is the same when it is done twice', () => {
  const routes = Object.entries<unknown>(contract).filter((entry): entry is [string, contract.Route] => {
    const [, value] = entry
    return typeof value === 'object' && value !== null && 'path' in value
  })
  const changing = routes.filter(([, { method, access }]) => method !== 'GET' && access.kind === 'person')
  const once = changing.filter(([, route]) => route.once).map(([name]) => name)
  assert.deepEqual(once.sort(), [
    ...[
      'addDevice',
      'createKit',
      'createOrganisation',
      'giveGrant',
      'invitePerson',
      'makeService',
      'makeSignInLink',
      'renewInvitation',
    ],
  ])
  assert.deepEqual(changing.map(([name]) => name).sort(), [...once, ...SAME_TWICE].sort())
})

test('a lost answer: asked for again under its key over HTTP, a kit and a link are made once and answered again', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const { administrator, post } = await furnish(desk)
  const ask = (path: string, body: object | undefined, key: string) =>
    call(`${desk.services.portal}${path}`, {
      method: 'POST',
      ca: desk.root,
      headers: { cookie: administrator.cookie, origin: desk.services.portal, 'idempotency-key': key },
      ...(body && { body }),
    })
  const key = 'k'.repeat(43)
  const kit = {
    ...{ name: 'Kiosque', organisation: post.id, profile: 'workstation', store: 'user', keys: ['ec-p256'] },
    ...{ proposedKey: 'ec-p256', uses: 5, validityDays: 30 },
  }
  const first = await ask('/api/kits', kit, key)
  assert.equal(first.status, 200, first.text)
  assert.deepEqual((await ask('/api/kits', kit, key)).json, first.json)
  const { items } = (await administrator.get('/api/kits?search=Kiosque')).json
  assert.equal(items.length, 1)
  const invited = await administrator.post('/api/people', { name: 'Otto', email: 'otto@example.org', role: 'auditor' })
  const path = `/api/people/${invited.json.person.id}/invitation`
  const link = await ask(path, undefined, key)
  assert.equal(link.status, 200, link.text)
  assert.deepEqual((await ask(path, undefined, key)).json.invitation, link.json.invitation)
  const bad = await ask('/api/kits', kit, 'short')
  assert.deepEqual([bad.status, bad.json.code, bad.json.facts.where], [400, 'input_invalid', 'idempotency-key'])
})
