import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { type KeyUsage, makeExtension, parseCertificate } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import {
  approve,
  csrOf,
  DAY,
  firstAdministrator,
  HOST,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  type RulesDesk,
  refused,
  signedInAgain,
  submit,
} from '../../../test/rules-desk.ts'
import { canReceive } from '../issuance/can-receive.ts'

/** An administrator, an auditor, and two organisations with a manager and a kit each. */
async function people({ core }: RulesDesk) {
  const admin = await firstAdministrator(core)
  const auditor = await invited(core, admin.actor, 'auditor')
  const post = await organisation(core, admin.actor)
  const bank = await organisation(core, admin.actor, 'B2', 'Banque d’Évian')
  const paul = await invited(core, admin.actor, 'manager', { email: 'Paul@post.example', organisation: post.id })
  const bea = await invited(core, admin.actor, 'manager', { email: 'bea@bank.example', organisation: bank.id })
  return { admin, auditor, post, bank, paul, bea }
}

const emails = ({ items }: { items: readonly { addresses: readonly string[] }[] }): string[] =>
  items.flatMap(({ addresses }) => addresses).sort()
const EVERYBODY = ['Paul@post.example', 'ada@desk.example', 'auditor@desk.example', 'bea@bank.example']

test('administrators and auditors find everybody of their environment, managers their own and the desk’s', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, auditor, paul, bea } = await people(desk)
  const found = async (actor: typeof admin.actor) => emails(await desk.core.recipients.list(actor, {}))
  assert.deepEqual(await found(admin.actor), EVERYBODY)
  assert.deepEqual(await found(auditor.actor), EVERYBODY)
  assert.deepEqual(await found(paul.actor), EVERYBODY.slice(0, 3))
  assert.deepEqual(await found(bea.actor), EVERYBODY.slice(1))
  const other = await firstAdministrator(desk.core, 'test')
  assert.deepEqual(await found(other.actor), ['ada@desk.example'])
})

test('whoever has no grant finds themselves and nobody else, however they ask; nobody but the desk’s people finds them', async (t) => {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const { admin, auditor, paul } = await people(desk)
  await core.grants.end(admin.actor, auditor.actor.id, auditor.actor.grants[0]!.id)
  const alone = await signedInAgain(core, auditor)
  assert.deepEqual(alone.grants, [])
  const own = ['auditor@desk.example']
  for (const query of [{}, { own: true }, { search: 'some' }, { email: own[0]! }])
    assert.deepEqual(emails(await core.recipients.list(alone, query)), own, JSON.stringify(query))
  for (const query of [{ email: 'ada@desk.example' }, { search: 'ada' }, { own: true, search: 'ada' }])
    assert.deepEqual(emails(await core.recipients.list(alone, query)), [], JSON.stringify(query))
  assert.equal((await core.recipients.list(alone, { own: true })).issuers.length, 1)
  assert.deepEqual(emails(await core.recipients.list(paul.actor, { own: true })), ['Paul@post.example'])
  assert.deepEqual(emails(await core.recipients.list(paul.actor, {})), ['Paul@post.example', 'ada@desk.example'])
  assert.deepEqual(emails(await core.recipients.list(admin.actor, {})), EVERYBODY)
})

test('what is found is the certificate itself and what leads to the root', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, paul, post } = await people(desk)
  const { items, issuers } = await desk.core.recipients.list(admin.actor, { email: 'paul@POST.example' })
  assert.equal(items.length, 1)
  const { name, organisation: owner, certificate } = items[0]!
  assert.deepEqual([name, owner?.code, certificate.key], ['Some manager', post.code, 'ec-p256'])
  const leaf = parseCertificate(pemDecode(certificate.pem)[0]!.der)
  assert.equal(leaf.serialHex, certificate.serial)
  assert.deepEqual(leaf.der, pemDecode(paul.certificate)[0]!.der)
  assert.equal(issuers.length, 1)
  const roots = await desk.core.authorities.roots()
  assert.ok(!roots.some(({ pem }) => issuers.includes(pem)))
})

test('names, addresses and organisations are searched, in pages', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, bank, paul } = await people(desk)
  const list = desk.core.recipients.list
  const found = async (search: string) => emails(await list(admin.actor, { search }))
  assert.deepEqual(await found('EVIAN'), ['bea@bank.example'])
  assert.deepEqual(await found('j1cf'), ['Paul@post.example'])
  assert.deepEqual(await found('some'), ['Paul@post.example', 'auditor@desk.example', 'bea@bank.example'])
  assert.deepEqual(await found('%'), [])
  assert.deepEqual(emails(await list(admin.actor, { organisation: bank.id })), ['bea@bank.example'])
  assert.deepEqual(emails(await list(paul.actor, { organisation: bank.id })), [])
  assert.deepEqual(emails(await list(paul.actor, { email: 'bea@bank.example' })), [])
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await list(admin.actor, { size: 1, ...(after === undefined ? {} : { after }) })
    assert.equal(page.items.length, 1)
    seen.push(...page.items[0]!.addresses)
    after = page.next
  } while (after !== undefined)
  assert.deepEqual(seen.toSorted(), EVERYBODY)
  await assert.rejects(list(admin.actor, { after: 'x' }), refused('cursor_invalid'))
})

test('who was disabled, whose certificate was revoked or has ended, is not found any more', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, paul, bea } = await people(desk)
  const found = async () => emails(await desk.core.recipients.list(admin.actor, {}))
  await desk.core.people.disable(admin.actor, paul.actor.id)
  assert.deepEqual(await found(), EVERYBODY.slice(1))
  const [certificate] = (await desk.core.recipients.list(admin.actor, { email: bea.actor.email! })).items
  await desk.core.certificates.revoke(admin.actor, certificate!.certificate.id, 'keyCompromise')
  assert.deepEqual(await found(), ['ada@desk.example', 'auditor@desk.example'])
  desk.later(366 * DAY)
  assert.deepEqual(await found(), [])
})

test('a computer finds what a manager of its organisation would, once it has a certificate', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, paul, post } = await people(desk)
  const from = await machine()
  const list = async (query = {}) =>
    desk.core.recipients.listAsApplicant(await from.actor(desk.core), 'production', query)
  await assert.rejects(list(), refused('applicant_without_certificate'))
  const { request } = await submit(desk.core, from, await kit(desk.core, admin.actor, post.id))
  await assert.rejects(list(), refused('applicant_without_certificate'))
  const { certificate } = await approve(desk.core, paul.actor, request.number)
  assert.deepEqual(emails(await list()), EVERYBODY.slice(0, 3))
  assert.deepEqual(emails(await list({ email: 'bea@bank.example' })), [])
  await desk.core.certificates.revoke(admin.actor, certificate!.id, 'keyCompromise')
  await assert.rejects(list(), refused('applicant_without_certificate'))
})

test('a computer whose certificate has ended finds nobody', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, post } = await people(desk)
  const from = await machine()
  await submit(desk.core, from, await kit(desk.core, admin.actor, post.id, { standingApproval: true }))
  desk.later(366 * DAY)
  const asked = desk.core.recipients.listAsApplicant(await from.actor(desk.core), 'production', {})
  await assert.rejects(asked, refused('applicant_without_certificate'))
})

test('files are sealed to certificates for mail whose key may encipher or agree, and to no others', () => {
  const can = (purposes: string[] | undefined, usages: KeyUsage | undefined) =>
    canReceive({
      extensions: [
        ...(purposes ? [makeExtension('extendedKeyUsage', purposes)] : []),
        ...(usages ? [makeExtension('keyUsage', usages)] : []),
      ],
    })
  assert.ok(can(['clientAuth', 'emailProtection'], ['digitalSignature', 'keyEncipherment']))
  assert.ok(can(['emailProtection'], ['keyAgreement']))
  assert.ok(!can(['clientAuth'], ['digitalSignature', 'keyEncipherment', 'keyAgreement']))
  assert.ok(!can(undefined, ['keyEncipherment']))
  assert.ok(!can(['emailProtection'], ['digitalSignature', 'dataEncipherment', 'keyCertSign']))
  assert.ok(!can(['emailProtection'], undefined))
})

test('a computer’s call counts once', async (t) => {
  const desk = await openRulesDesk(t)
  const { admin, post } = await people(desk)
  const from = await machine()
  const inHand = await kit(desk.core, admin.actor, post.id, { standingApproval: true })
  await submit(desk.core, from, inHand)
  const actor = await from.actor(desk.core)
  assert.equal((await desk.core.recipients.listAsApplicant(actor, 'production', {})).items.length, 3)
  await assert.rejects(desk.core.recipients.listAsApplicant(actor, 'production', {}), refused('applicant_nonce_spent'))
})

test('openssl takes a person’s certificate for signed and for sealed mail', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const { core } = await openRulesDesk(t)
  const { token } = await core.people.inviteAdministrator(HOST, {
    environment: 'production',
    name: 'Rita',
    email: 'rita@desk.example',
  })
  const csr = await csrOf(await generateKeyPair('rsa-2048'), [])
  const { certificate, chain } = await core.invitations.accept({ token, csr, from: '192.0.2.7', agent: 'test' })
  judge.write('leaf.pem', certificate)
  judge.write('issuer.pem', chain[0]!)
  judge.write('root.pem', chain[1]!)
  for (const purpose of ['smimesign', 'smimeencrypt', 'sslclient']) {
    const options = ['-x509_strict', '-purpose', purpose, '-CAfile', 'root.pem', '-untrusted', 'issuer.pem']
    const { ok, text: said } = judge.run('openssl', 'verify', ...options, 'leaf.pem')
    assert.ok(ok, said)
  }
})
