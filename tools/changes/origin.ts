import type { Change } from './change.ts'

const SERVER = 'packages/server/src'
const MESSAGES = 'packages/portal/src/lib/messages'

/** Certificates for mail alone, which people ask for and get at once: by whatever profile says `emailProtection` and no more. */
export const origin: Change = {
  row: 'new way to ask for a certificate',
  before: 'did not fit: kits alone',
  made: {
    [`${SERVER}/core/origins/mail/mail-origin.ts`]: `import type { OriginRules } from '../../registration/origin.ts'

/** What somebody asks for their own address is decided by the program. */
export const mailOrigin: OriginRules = {
  beforehand: true,
  ground: async () => undefined,
  hindrance: async () => undefined,
}
`,
    [`${SERVER}/core/origins/mail/ask-mail.ts`]: `import { nameKey } from '@scel/contract/letters'
import { buildName } from '@scel/pki/x509'
import type { Acts } from '../../acting/acts.ts'
import { deskDecider, type PersonActor } from '../../actor.ts'
import type { Certificate } from '../../certificates/certificate.ts'
import { proveCsr } from '../../issuance/csr.ts'
import type { Directory } from '../../issuance/directory.ts'
import type { Issuance } from '../../issuance/issuance.ts'
import { personOwner } from '../../owner.ts'
import { type Profiles, requireProfile } from '../../profiles/profiles.ts'
import { orderFor } from '../../registration/order.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { register } from '../../registration/register.ts'
import type { NewRequest } from '../../registration/request.ts'
import { nowOf, type World } from '../../world.ts'

interface Needs {
  readonly acts: Acts
  readonly world: World
  readonly profiles: Profiles
  readonly directory: Directory
  readonly issuance: Issuance
  readonly readUnder: ReadUnder
}

/** Somebody's certificate for mail, for the address that they have: signed at once. */
export type AskMail = (actor: PersonActor, csr: string) => Promise<Certificate>

export const createAskMail =
  ({ acts, world, profiles, directory, issuance, readUnder }: Needs): AskMail =>
  async (actor, pem) => {
    const profile = requireProfile(profiles, 'mail')
    const target = { kind: 'person', id: actor.id, name: actor.name } as const
    const audited = { right: 'keep_credentials', action: 'request.submitted', target } as const
    const prepared = await acts.attempt(actor, audited, async (unit) => {
      const csr = await proveCsr(pem, profile.keys)
      const { environment, id, name, email, from } = actor
      const subject = buildName([{ type: 'commonName', value: name }])
      const wish = {
        ...{ environment, profile: profile.name, owner: personOwner(id), key: csr.key },
        origin: { kind: 'mail', id, name },
      } as const
      const request: NewRequest = {
        ...wish,
        ...({ state: 'pending', commonName: name, subjectKey: nameKey(name), subject: subject.der, from } as const),
        ...{ names: [email], csr: csr.der, contact: { email }, findings: [], submittedAt: nowOf(world) },
        readUnder: readUnder.of(wish, profile),
      }
      const early = await issuance.prepare(await orderFor({ ...request, number: 0 }, csr, directory, profiles))
      const standing = { by: deskDecider('Desk'), prepared: early }
      const made = await unit((stores, actor, at) => register(stores, actor, { request, at, standing, facts: {} }))
      return made.prepared ?? early
    })
    return issuance.complete(prepared)
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
import { csrOf, firstAdministrator, openRulesDesk, profilesAnd, signedInAgain } from '../../../../test/rules-desk.ts'

const PROFILES = profilesAnd({
  ...{ name: 'mail', title: { en: 'Mail', fr: 'Courrier' }, description: { en: 'Mail.', fr: 'Courrier.' } },
  ...{ family: 'person', managers: false, standingApproval: false, revocable: true, issuer: 'people', validityDays: 365 },
  ...{ keys: ['ec-p256'], proposedKey: 'ec-p256', keyUsage: { rsa: ['digitalSignature'], ec: ['keyAgreement'] } },
  ...{ extendedKeyUsage: ['emailProtection'], commonName: 'person-name', names: 'rfc822Name' },
  ...{ ocspNoCheck: false, revocationAddresses: true },
})

test('somebody asks for a certificate for mail, has it at once, and signs in as before', async (t) => {
  const desk = await openRulesDesk(t)
  const admin = await firstAdministrator(desk.core)
  const core = await desk.restart(PROFILES)
  const { id, request } = await core.askMail(admin.actor, await csrOf(await generateKeyPair('ec-p256'), []))
  assert.equal((await core.certificates.detail(admin.actor, id)).status, 'valid')
  const { items } = await core.requests.list(admin.actor, { origin: 'mail' })
  assert.deepEqual(
    items.map(({ number }) => number),
    [request],
  )
  assert.equal((await core.requests.detail(admin.actor, request ?? 0)).origin.kind, 'mail')
  assert.equal((await signedInAgain(core, admin)).id, admin.actor.id)
})
`,
  },
}
