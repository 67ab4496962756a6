import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Choices, Organisation, Profile } from '@scel/contract/values'
import { judgeRequest, type RequestFile } from '@scel/files/request'
import { chosenOf, emptyRequest, faultsOf, hostIn, newRequestOf, offeredFor, rulesOf } from './new-model.ts'

const profile = (name: string, change: Partial<Profile> = {}): Profile => ({
  name,
  title: { en: name, fr: name },
  description: { en: name, fr: name },
  ...{ family: 'machine', commonName: 'host-name', keys: ['ec-p256'], proposedKey: 'ec-p256', validityDays: 365 },
  ...{ keyUsages: { rsa: ['digitalSignature'], ec: ['digitalSignature'] }, extendedUsages: ['serverAuth'] },
  ...{ names: 'dNSName', organisationalUnit: 'Server' },
  ...{ kits: true, standingApproval: false, managers: false, revocable: true },
  ...change,
})
const POST: Organisation = {
  ...{ id: 'post', code: 'POST', name: 'The post', country: 'FR', nameSuffixes: ['post.example'] },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', counts: { managers: 0, kits: 0, pending: 0, certificates: 0 } },
}
const attribute = (label: string, type: string, value: string) => ({ label, type, oid: '1.2.3', value })
const FILE: RequestFile = {
  subject: 'CN=www.post.example',
  attributes: [attribute('CN', 'commonName', 'www.post.example')],
  names: [],
  key: { kind: 'ec', bits: 256, spec: 'ec-p256', name: 'ec-p256', smallExponent: false },
  signature: '1.2.840.10045.4.3.2',
  extendedKeyUsage: ['serverAuth', 'codeSigning'],
  otherExtensions: [],
  otherAttributes: [],
  possession: 'proved',
  fingerprint: '00',
  der: new Uint8Array(),
  pem: 'PEM',
}
const codes = (file: RequestFile, of: Profile, organisation?: Organisation) =>
  judgeRequest(file, rulesOf(of, organisation)).flatMap(({ level, code }) =>
    level === 'good' ? [] : [`${level} ${code}`],
  )

test('files ask for what kits ask for, for hosts first', () => {
  const all = [
    profile('desk', { kits: false }),
    profile('workstation', { commonName: 'machine-fingerprint' }),
    profile('server'),
  ]
  assert.deepEqual(
    offeredFor(all).map(({ name }) => name),
    ['server', 'workstation'],
  )
})

test('usages, names and subject are judged by profile and organisation before anything is sent', () => {
  const server = profile('server')
  assert.deepEqual(codes(FILE, server, POST), ['notice common_name_added_to_names', 'notice usage_not_granted'])
  const elsewhere = { ...POST, nameSuffixes: ['other.example'] }
  assert.ok(codes(FILE, server, elsewhere).includes('refused name_outside_organisation'))
  assert.ok(!codes(FILE, server).includes('refused name_outside_organisation'), 'not before an organisation is chosen')
  const foreign = { ...FILE, attributes: [...FILE.attributes, attribute('O', 'organizationName', 'Others')] }
  assert.ok(codes(foreign, server, POST).includes('refused subject_not_allowed'))
  const ofClient = profile('workstation', {
    extendedUsages: ['clientAuth'],
    commonName: 'machine-fingerprint',
    names: 'none',
  })
  assert.ok(codes(FILE, ofClient, POST).includes('refused name_not_allowed'))
  const bound = { ...FILE, otherAttributes: ['2.25.259733166174934470826157131297262416741'] }
  assert.ok(codes(bound, server, POST).includes('refused csr_applicant_mismatch'))
})

test('only what the file does not say is asked, and asked in full', () => {
  assert.equal(hostIn(FILE), 'www.post.example')
  const nameless = { attributes: [attribute('CN', 'commonName', 'ws-a')] }
  assert.equal(hostIn(nameless), undefined)
  const form = { ...emptyRequest('post'), profile: 'server' }
  assert.deepEqual(faultsOf(form, 'www.post.example'), {})
  assert.deepEqual(faultsOf(form, 'www.post.example', false, false), { service: true })
  assert.deepEqual(faultsOf(form, undefined), { hostName: true })
  assert.deepEqual(faultsOf({ ...form, hostName: 'pc' }, undefined), { hostName: true })
  assert.deepEqual(faultsOf({ ...form, hostName: ' PC.post.example ' }, undefined), {})
  assert.deepEqual(faultsOf(emptyRequest(''), 'a.b'), { profile: true, organisation: true })
  assert.deepEqual(faultsOf({ ...form, macAddresses: '8c-16', telephone: 'call me' }, 'a.b'), {
    macAddresses: true,
    telephone: true,
  })
})

test('addresses are typed as systems show them, and what is left empty is left out', () => {
  const form = {
    ...emptyRequest('post'),
    ...{
      profile: 'server',
      macAddresses: '8C-16-45-2F-AA-10, 8c:16:45:2f:aa:11\n8c:16:45:2f:aa:10',
      description: ' the shop ',
    },
  }
  assert.deepEqual(faultsOf(form, 'a.b'), {})
  const sent = newRequestOf(form, FILE, 'www.post.example')
  assert.deepEqual(sent.machine.macAddresses, ['8c:16:45:2f:aa:10', '8c:16:45:2f:aa:11'])
  assert.deepEqual(sent.contact, { description: 'the shop' })
  assert.deepEqual([sent.csr, sent.machine.hostName], ['PEM', 'www.post.example'])
})

test('what is sent is what is shown as chosen: what was picked, where this profile offers it, or what is usual; nothing where nothing is offered', () => {
  const offers = { validityDays: { usual: 365, offered: [90, 365] } }
  assert.deepEqual(chosenOf(offers, {}), { validityDays: 365 })
  assert.deepEqual(chosenOf(offers, { validityDays: 90 }), { validityDays: 90 })
  assert.deepEqual(chosenOf(offers, { validityDays: 730 }), { validityDays: 365 })
  assert.deepEqual(chosenOf(undefined, { validityDays: 90 }), {})
  const sent = (choices: Choices) =>
    newRequestOf({ ...emptyRequest('post'), choices }, FILE, 'www.post.example').choices
  assert.deepEqual([sent({}), sent({ validityDays: 90 })], [undefined, { validityDays: 90 }])
})
