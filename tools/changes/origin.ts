import type { Change } from './change.ts'

const SERVER = 'packages/server/src'
const MESSAGES = 'packages/portal/src/lib/messages'

/** Certificates for mail alone, which people ask for, of whatever organisation or none, and an administrator decides. */
export const origin: Change = {
  row: 'new way to ask for a certificate',
  before: 'did not fit: kits alone',
  made: {
    [`${SERVER}/core/origins/mail/ground.ts`]: `import type { Environment, ProfileName } from '@scel/contract/values'
import { buildName } from '@scel/pki/x509'
import { personOwner } from '../../owner.ts'
import type { Ground } from '../../registration/origin.ts'
import { layDown } from '../../registration/wish.ts'

export interface Holder {
  readonly environment: Environment
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Whoever has no address has nothing that the certificate could be for. */
export const hasAddress = <P extends Partial<Holder>>(person: P): person is P & Pick<Holder, 'email'> =>
  person.email !== undefined

/** What follows from a person: of what they send, the key alone counts. */
export function groundOf({ environment, id, name, email }: Holder, profile: ProfileName): Ground {
  const laidDown = { profile, families: ['person'], keys: ['ec-p256'] } as const
  const subject = buildName([{ type: 'commonName', value: name }]).der
  return {
    ...laidDown,
    wish: (profiles, csr) =>
      layDown(
        csr,
        {
          ...{ environment, owner: personOwner(id), origin: { kind: 'mail', id, name, of: id } },
          ...{ ...laidDown, holder: { commonName: name, subject, names: [email] } },
        },
        profiles,
      ),
  }
}
`,
    [`${SERVER}/core/origins/mail/mail-origin.ts`]: `import type { OriginRules } from '../../registration/origin.ts'
import { scopeAt } from '../../scope.ts'
import { groundOf, hasAddress } from './ground.ts'

/** Read by the person's own row, which has a code. */
export const mailOrigin: OriginRules = {
  ground: async (stores, request) => {
    const person = await stores.people.find(scopeAt(request), request.owner.id)
    return person && hasAddress(person) ? groundOf(person, request.profile) : undefined
  },
  hindrance: async () => undefined,
}
`,
    [`${SERVER}/core/origins/mail/ask-mail.ts`]: `import { refuse } from '@scel/contract/errors'
import type { Acts } from '../../acting/acts.ts'
import type { PersonActor } from '../../actor.ts'
import { proveCsr } from '../../issuance/csr.ts'
import { type Profiles, requireProfile } from '../../profiles/profiles.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { register } from '../../registration/register.ts'
import { nowOf, type World } from '../../world.ts'
import { groundOf, hasAddress } from './ground.ts'

interface Needs {
  readonly acts: Acts
  readonly world: World
  readonly profiles: Profiles
  readonly readUnder: ReadUnder
}

/** Somebody's certificate for mail, for the address that they have. @returns the number of the request */
export type AskMail = (actor: PersonActor, csr: string) => Promise<number>

export const createAskMail =
  ({ acts, world, profiles, readUnder }: Needs): AskMail =>
  async (actor, pem) => {
    if (!hasAddress(actor)) return refuse('not_allowed', { right: 'keep_credentials' })
    const profile = requireProfile(profiles, 'mail')
    const target = { kind: 'person', id: actor.id, name: actor.name } as const
    const audited = { right: 'keep_credentials', action: 'request.submitted', target } as const
    return acts.attempt(actor, audited, async (unit) => {
      const csr = await proveCsr(pem, profile.keys)
      const wish = groundOf(actor, profile.name).wish(profiles, csr)
      const known = { state: 'pending', askedBy: actor.id, from: actor.from, contact: { email: actor.email } } as const
      const request = { ...wish, ...known, submittedAt: nowOf(world), readUnder: readUnder.of(wish, profile) }
      return (await unit((stores, actor, at) => register(stores, actor, { request, at, facts: {} }))).number
    })
  }
`,
  },
  edits: [
    {
      ...{ file: 'packages/contract/src/requests/values.ts', put: 'after', at: "OriginKind = oneOf(['kit'" },
      text: ", 'mail'",
    },
    {
      ...{
        file: `${SERVER}/core/origins.ts`,
        put: 'after',
        at: "import { kitOrigin } from './origins/kit/kit-origin.ts'\n",
      },
      text: "import { mailOrigin } from './origins/mail/mail-origin.ts'\n",
    },
    {
      ...{ file: `${SERVER}/core/origins.ts`, put: 'after', at: '  desk: deskOrigin,\n' },
      text: '  mail: mailOrigin,\n',
    },
    {
      ...{ file: `${SERVER}/core/core.ts`, put: 'before', at: 'import { deskNamesOf }' },
      text: "import { type AskMail, createAskMail } from './origins/mail/ask-mail.ts'\n",
    },
    {
      ...{ file: `${SERVER}/core/core.ts`, put: 'after', at: '  readonly files: Files\n' },
      text: '  readonly askMail: AskMail\n',
    },
    {
      ...{ file: `${SERVER}/core/core.ts`, put: 'before', at: '    files: createFiles(' },
      text: '    askMail: createAskMail({ ...asking, acts }),\n',
    },
    {
      ...{ file: 'tools/layers.ts', put: 'before', at: "  'origins/desk': [" },
      text: "  'origins/mail': ['issuance', 'profiles', 'registration'],\n",
    },
    {
      ...{ file: 'tools/layers.ts', put: 'before', at: "  people: ['kits'], //" },
      text: "  'origins/mail': ['people'], // whose it is to be\n",
    },
    ...(['request.origin', 'requests.origin'] as const).flatMap((of) => [
      {
        ...({ file: `${MESSAGES}/en/requests.ts`, put: 'before', at: `  '${of}.desk'` } as const),
        text: `  '${of}.mail': 'For mail',\n`,
      },
      {
        ...({ file: `${MESSAGES}/fr/requests.ts`, put: 'before', at: `  '${of}.desk'` } as const),
        text: `  '${of}.mail': 'Pour le courrier',\n`,
      },
    ]),
  ],
  seenBy: {
    [`${SERVER}/core/origins/mail/ask-mail.test.ts`]: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import {
  approve,
  csrOf,
  firstAdministrator,
  invited,
  openRulesDesk,
  profilesAnd,
  signedInAgain,
} from '../../../../test/rules-desk.ts'

const PROFILES = profilesAnd({
  ...{ name: 'mail', title: { en: 'Mail', fr: 'Courrier' }, description: { en: 'Mail.', fr: 'Courrier.' } },
  ...{ family: 'person', managers: false, standingApproval: false, revocable: true, issuer: 'people', validityDays: 365 },
  ...{ keys: ['ec-p256'], proposedKey: 'ec-p256', keyUsage: { rsa: ['digitalSignature'], ec: ['keyAgreement'] } },
  ...{ extendedKeyUsage: ['emailProtection'], commonName: 'person-name', names: 'rfc822Name' },
  ...{ ocspNoCheck: false, revocationAddresses: true },
})

test('somebody of no organisation asks for a certificate for mail; an administrator decides, and they sign in as before', async (t) => {
  const desk = await openRulesDesk(t)
  const admin = await firstAdministrator(desk.core)
  const aude = await invited(desk.core, admin.actor, 'auditor')
  const core = await desk.restart(PROFILES)
  const number = await core.askMail(aude.actor, await csrOf(await generateKeyPair('ec-p256'), []))
  const { items } = await core.requests.list(admin.actor, { origin: 'mail' })
  assert.deepEqual(
    items.map((one) => [one.number, one.state]),
    [[number, 'pending']],
  )
  const { certificate } = await approve(core, admin.actor, number)
  assert.equal((await core.certificates.detail(admin.actor, certificate?.id ?? '')).status, 'valid')
  assert.equal((await signedInAgain(core, aude)).id, aude.actor.id)
})
`,
  },
}
