import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { type MailWish, personAsking, profilesWithMail } from '../../../../test/person-asking.ts'
import {
  csrOf,
  firstAdministrator,
  invited,
  MINUTE,
  openRulesDesk,
  type RulesDesk,
  refused,
  type Signed,
  signedInAgain,
} from '../../../../test/rules-desk.ts'
import type { PersonActor } from '../../actor.ts'
import { personOwner } from '../../owner.ts'
import type { Profiles } from '../../profiles/profiles.ts'

// A certificate of a person that is no credential: one profile, and something that brings its requests. What it may be used for does not make it one.
const USAGES = {
  'for mail alone': ['emailProtection'],
  'for mail and servers': ['clientAuth', 'emailProtection'],
} as const
type Usage = (typeof USAGES)[keyof typeof USAGES]

/** What brings them: here somebody's own wish for their own address, decided by the desk. */
function asking(desk: RulesDesk, profiles: Profiles) {
  const { ask: register, issuance } = personAsking(desk, profiles)
  const ask = async ({ actor }: Pick<Signed, 'actor'>, wish?: MailWish) => (await register(actor, wish)).prepared!
  /** Asked for, and signed. */
  const has = async (of: Pick<Signed, 'actor'>, wish?: MailWish) => (await issuance.complete(await ask(of, wish))).id
  return { ask, has, sign: issuance.complete }
}

async function scene(t: TestContext, usage: Usage) {
  const profiles = profilesWithMail(usage)
  const desk = await openRulesDesk(t)
  const admin = await firstAdministrator(desk.core)
  const ada = await invited(desk.core, admin.actor, 'auditor')
  const core = await desk.restart(profiles)
  return { ...desk, ...asking(desk, profiles), core, admin, ada }
}

type Scene = Pick<RulesDesk, 'core'> & { readonly admin: Signed }

const shown = async ({ core, admin }: Scene, id: string) => {
  const { status, revocationReason, profile, may } = await core.certificates.detail(admin.actor, id)
  return { status, revocationReason, profile: profile.name, may }
}

const recipients = async ({ core }: Scene, by: PersonActor, email?: string) =>
  (await core.recipients.list(by, email === undefined ? {} : { email })).items.map(({ certificate }) => certificate.id)

for (const [what, usage] of Object.entries(USAGES)) {
  const isForSignIn = (usage as readonly string[]).includes('clientAuth')
  test(`a certificate ${what} is a person’s, is shown as such, signs nobody in and takes the place of nothing`, async (t) => {
    const on = await scene(t, usage)
    const { core, ada, work, admin } = on
    const id = await on.has(ada)
    assert.deepEqual(await shown(on, id), {
      ...{ status: 'valid', revocationReason: undefined, profile: 'mail' },
      may: { revoke: true, revokeNeeds: 'high', compromise: false, madeWith: isForSignIn },
    })
    const owned = await work.read((stores) => stores.certificates.find({ environment: 'production' }, id))
    assert.deepEqual(owned?.owner, personOwner(ada.actor.id))
    assert.deepEqual(
      await work.read((stores) => stores.compromises.among([{ kind: 'person', value: ada.actor.id }])),
      [],
    )
    const { items } = await core.credentials.list(ada.actor)
    assert.deepEqual(
      items.map((one) => [one.id, one.ended]),
      [[ada.actor.credential, undefined]],
    )
    assert.equal((await signedInAgain(core, ada)).id, ada.actor.id)
    const no = core.sessions.beginWithCertificate({ der: owned!.der, from: '192.0.2.7', agent: 'test' })
    await assert.rejects(no, refused(isForSignIn ? 'certificate_without_account' : 'certificate_wrong_purpose'))
    const listed = (await core.people.list(admin.actor, {})).items.find((one) => one.id === ada.actor.id)
    assert.equal(listed?.signIn?.credential, ada.actor.credential)
  })

  test(`a certificate ${what} is renewed beside the first, and revoked without what its holder signs in with`, async (t) => {
    const on = await scene(t, usage)
    const { core, ada, admin } = on
    const [first, second] = [await on.has(ada), await on.has(ada)]
    assert.deepEqual([(await shown(on, first)).status, (await shown(on, second)).status], ['valid', 'valid'])
    await core.certificates.revoke(admin.actor, first, 'keyCompromise')
    assert.deepEqual([(await shown(on, first)).status, (await shown(on, second)).status], ['revoked', 'valid'])
    assert.equal((await signedInAgain(core, ada)).id, ada.actor.id)
  })

  test(`a certificate ${what} ends when its person is disabled, also one that is signed only then`, async (t) => {
    const on = await scene(t, usage)
    const { core, ada, admin } = on
    const id = await on.has(ada)
    const late = await on.ask(ada)
    await core.people.disable(admin.actor, ada.actor.id)
    await on.sign(late)
    for (const one of [id, late.intent.certificate]) {
      const { status, revocationReason } = await shown(on, one)
      assert.deepEqual([status, revocationReason], ['revoked', 'privilegeWithdrawn'])
    }
  })

  test(`a certificate ${what} receives: the directory names it beside what its holder signs in with, by whose address it bears`, async (t) => {
    const on = await scene(t, usage)
    const { ada, admin, work } = on
    const id = await on.has(ada)
    const both = [id, ada.actor.credential].sort()
    assert.deepEqual((await recipients(on, admin.actor, ada.actor.email)).sort(), both)
    // A row of a certificate has no code: what somebody wrote into one does not have files sealed to them.
    const { email } = admin.actor
    const own = (await work.read((stores) => stores.certificates.find({ environment: 'production' }, id)))!
    const { request: _, ...bare } = own
    const other = { id: 'planted', serial: 'ff', fingerprint: 'f', key: 'k' }
    const planted = { ...bare, ...other, owner: personOwner(admin.actor.id) }
    await work.transaction((stores) => stores.certificates.insert(planted))
    assert.deepEqual(await recipients(on, admin.actor, email), [admin.actor.credential])
  })

  test(`a certificate ${what} is found and shown by the addresses in it, whatever the account’s is, and by no other’s`, async (t) => {
    const on = await scene(t, usage)
    const { core, ada, admin, work } = on
    const addresses = ['Ada.Lovelace@bücher.example', 'adèle@example.org']
    const id = await on.has(ada, { names: addresses })
    for (const address of [...addresses, 'ada.lovelace@xn--bcher-kva.example', 'ADÈLE@example.org']) {
      const { items } = await core.recipients.list(admin.actor, { email: address })
      assert.deepEqual(
        items.map((one) => [one.name, one.addresses, one.certificate.id]),
        [[ada.actor.name, ['Ada.Lovelace@xn--bcher-kva.example', 'adèle@example.org'], id]],
        address,
      )
    }
    assert.deepEqual(await recipients(on, admin.actor, ada.actor.email), [ada.actor.credential])
    const { items: own } = await core.recipients.list(ada.actor, { own: true })
    assert.deepEqual(own.map(({ certificate }) => certificate.id).sort(), [id, ada.actor.credential].sort())
    // A name in force that somebody plants leads to no certificate that does not say it.
    await work.transaction(({ names }) =>
      names.certify(
        { environment: 'production', owner: personOwner(ada.actor.id), id, notAfter: '2099-01-01T00:00:00.000Z' },
        [{ kind: 'email', name: 'victim@example.org' }],
      ),
    )
    assert.deepEqual(await recipients(on, admin.actor, 'victim@example.org'), [])
    // Nor does a request that is called somebody else's make it theirs.
    const scope = { environment: 'production' } as const
    const mine = (await work.read((stores) => stores.certificates.find(scope, id)))!
    const { number: _, ...asked } = (await work.read((stores) => stores.requests.find(scope, mine.request!)))!
    const owner = personOwner(admin.actor.id)
    await work.transaction(async (stores) => {
      const request = await stores.requests.insert({ ...asked, owner, certificate: 'planted' })
      const other = { id: 'planted', serial: 'fe', fingerprint: 'f', request, owner }
      await stores.certificates.insert({ ...mine, ...other })
    })
    const theirs = (await core.recipients.list(admin.actor, { own: true })).items
    assert.deepEqual(
      theirs.map(({ certificate }) => certificate.id),
      [admin.actor.credential],
    )
  })

  test(`a certificate ${what} has no say in which link came last: one that was decided before it and is signed after signs in`, async (t) => {
    const on = await scene(t, usage)
    const { core, ada, admin, signers, later } = on
    const { token } = await core.people.renewInvitation(admin.actor, ada.actor.id)
    const csr = await csrOf(await generateKeyPair('ec-p256'), [])
    const accepted = () => core.invitations.accept({ token, csr, from: '192.0.2.9', agent: 'x' })
    signers.break(true)
    await assert.rejects(accepted(), refused('stored_incomplete'))
    signers.break(false)
    later(MINUTE)
    const id = await on.has(ada)
    const { certificate } = await accepted()
    assert.equal((await signedInAgain(core, { certificate })).id, ada.actor.id)
    // That one takes the place of what she signed in with, and of nothing else.
    await assert.rejects(signedInAgain(core, ada), refused('certificate_is_revoked'))
    assert.equal((await shown(on, id)).status, 'valid')
  })
}
