import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  answerKit,
  answerLink,
  approve,
  derOf,
  firstAdministrator,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  type Signed,
  submit,
  WORKSTATION,
} from '../../../test/rules-desk.ts'
import type { Core } from '../core.ts'

async function scene(t: TestContext) {
  const { core } = await openRulesDesk(t)
  const first = await firstAdministrator(core)
  return { core, first, admin: first.actor, post: await organisation(core, first.actor) }
}

/** What was done, in order, from the first such line on: serials and fingerprints as their length, requests as the how manieth they are. */
async function linesFrom(core: Core, { actor }: Pick<Signed, 'actor'>, action: string) {
  const { items } = await core.audit.list(actor, { size: 200 })
  const done = items.toReversed().filter(({ outcome }) => outcome === 'done')
  const start = done.findIndex((line) => line.action === action)
  const requests = new Set<unknown>()
  const nth = (number: unknown): number => [...requests.add(number)].indexOf(number) + 1
  return done.slice(start).map(({ action, actor, target, facts }) => {
    const named = ['request', 'by'].flatMap((name) => (facts[name] === undefined ? [] : [[name, nth(facts[name])]]))
    return [action, actor.name, target.name, { ...shortOf(facts), ...Object.fromEntries(named) }]
  })
}

const shortOf = (facts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[0-9a-f]{32,}$/.test(value) ? value.length : value,
    ]),
  )

test('what a desk makes of itself is in its log: authorities, their certificates and their first lists', async (t) => {
  const { core, first } = await scene(t)
  const lines = await linesFrom(core, first, 'authority.made')
  const serial = 32
  const own = (name: string) => `Desk of Tests ${name}`
  let request = 0
  const asked = (name: string, profile: string, authority: string) => {
    request++
    return [
      ['request.submitted', 'own certificates', name, { profile }],
      ['request.approved', 'Desk of Tests', name, { standing: true, profile }],
      ['certificate.issued', 'issuance', name, { serial, profile, authority, request }],
      ['request.issued', 'issuance', name, { serial }],
    ]
  }
  assert.deepEqual(lines.slice(0, 28), [
    ...['Root', 'Machines', 'People', 'Desk'].map((name) => {
      return ['authority.made', 'issuance', own(name), { purpose: name.toLowerCase(), serial, fingerprint: 64 }]
    }),
    ...['Machines', 'People', 'Desk'].flatMap((name) => asked(own(`${name} OCSP`), 'ocsp-responder', own(name))),
    ...asked(own('Statement'), 'desk-statement', own('Desk')),
    ...asked(own('Time Stamps'), 'time-stamping', own('Desk')),
    ...['Root', 'Machines', 'People', 'Desk'].map((name) => {
      return ['crl.published', 'revocation', own(name), { number: 1, entries: 0 }]
    }),
  ])
})

test('what administrators do to organisations, kits and links is in the log once: who, to what, and what it was', async (t) => {
  const { core, first, admin, post } = await scene(t)
  const bare = await core.organisations.create(admin, { code: 'BARE', name: 'No names', country: 'FR' })
  for (const names of [['c.example'], ['c.example'], []])
    await core.organisations.setNameSuffixes(admin, bare.id, names)
  const { actor: second } = await invited(core, admin, 'administrator')
  const confirmed = await kit(core, second, post.id, { standingApproval: true })
  await answerKit(core, admin, confirmed.id)
  await answerKit(core, admin, (await kit(core, second, post.id, { standingApproval: true })).id, 'refuse')
  for (let round = 0; round < 2; round++) await core.kits.withdraw(admin, confirmed.id)
  const invite = (name: string) =>
    core.people.invite(second, { name, email: `${name}@desk.example`, role: 'administrator' })
  await answerLink(core, admin, (await invite('wanted')).person.id)
  await answerLink(core, admin, (await invite('unwanted')).person.id, 'refuse')
  const [one, two] = [admin.name, second.name]
  const made = { profile: 'workstation', standingApproval: true, uses: 1000, awaits: true }
  const role = 'administrator'
  const person = { serial: 32, profile: 'person', authority: 'Desk of Tests People' }
  const accepted = (by: string, who: string, request: number) => [
    ['invitation.accepted', who, who, {}],
    ['request.submitted', who, who, { profile: 'person' }],
    ['request.approved', by, who, { standing: true, profile: 'person' }],
    ['certificate.issued', 'issuance', who, { ...person, request }],
    ['request.issued', 'issuance', who, { serial: 32 }],
  ]
  assert.deepEqual(await linesFrom(core, first, 'invitation.accepted'), [
    ...accepted('Desk of Tests', one, 1),
    [
      'organisation.created',
      one,
      'J1CFRA',
      { name: post.name, names: 'a.example, b.example, example.org, post.example' },
    ],
    ['organisation.created', one, 'BARE', { name: 'No names' }],
    ['organisation.names_changed', one, 'BARE', { names: 'c.example', before: '–' }],
    ['organisation.names_changed', one, 'BARE', { names: '–', before: 'c.example' }],
    ['person.invited', one, two, { role }],
    ...accepted(one, two, 2),
    ['kit.created', two, 'a kit', made],
    ['kit.confirmed', one, 'a kit', { asked: two, whose: second.id }],
    ['kit.created', two, 'a kit', made],
    ['kit.refused', one, 'a kit', { asked: two, whose: second.id }],
    ['kit.withdrawn', one, 'a kit', {}],
    ['person.invited', two, 'wanted', { role, awaits: true }],
    ['person.link_confirmed', one, 'wanted', { role, asked: two, whose: second.id }],
    ['person.invited', two, 'unwanted', { role, awaits: true }],
    ['person.link_refused', one, 'unwanted', { role, asked: two, whose: second.id }],
  ])
})

test('the life of a request and of its certificate is in the log, and so is who came and went', async (t) => {
  const { core, first, admin, post } = await scene(t)
  const [plain, standing] = [
    await kit(core, admin, post.id),
    await kit(core, admin, post.id, { standingApproval: true }),
  ]
  const pc = await machine()
  await submit(core, pc, plain)
  const { request } = await submit(core, pc, plain)
  const { certificate } = await approve(core, admin, request.number)
  await core.certificates.revoke(admin, certificate!.id, 'cessationOfOperation')
  const other = await machine()
  await submit(core, other, standing, { commonName: 'ws-bcdefghijklmnopqrstuvwxyza', macAddresses: [] })
  const der = derOf(first.certificate)
  const { token } = await core.sessions.beginWithCertificate({ der, from: '192.0.2.7', agent: 'test' })
  const again = await core.sessions.find(token, { from: '192.0.2.7' })
  for (let round = 0; round < 2; round++) await core.sessions.end(admin, again.sessionId)
  const [name, second] = [WORKSTATION, 'ws-bcdefghijklmnopqrstuvwxyza']
  const by = pc.thumbprint.slice(0, 16)
  const issued = { serial: 32, profile: 'workstation', authority: 'Desk of Tests Machines' }
  const lines = await linesFrom(core, first, 'kit.created')
  assert.deepEqual(
    lines.slice(2).filter(([action]) => action !== 'request.issued'),
    [
      ['request.submitted', by, name, { kit: 'a kit' }],
      ['request.submitted', by, name, { kit: 'a kit' }],
      ['request.replaced', by, name, { reason: 'replaced', by: 1 }],
      ['request.approved', admin.name, name, {}],
      ['certificate.issued', 'issuance', name, { ...issued, request: 1 }],
      ['certificate.revoked', admin.name, name, { serial: 32, reason: 'cessationOfOperation' }],
      ['crl.published', 'revocation', 'Desk of Tests Machines', { number: 2, entries: 1 }],
      ['request.submitted', other.thumbprint.slice(0, 16), second, { kit: 'a kit' }],
      ['request.approved', admin.name, second, { standing: true, kit: 'a kit' }],
      ['certificate.issued', 'issuance', second, { ...issued, request: 2 }],
      ['session.begun', admin.name, admin.name, {}],
      ['session.ended', admin.name, undefined, {}],
    ],
  )
})
