import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeliveryAddressee } from '@scel/contract/values'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerLink,
  approve,
  coreOn,
  firstAdministrator,
  invited,
  kit,
  MINUTE,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submit,
} from '../../../test/rules-desk.ts'
import type { Database } from '../../store/opening/open-database.ts'
import { ask } from '../../store/testing/ask.ts'
import { SAMPLE_CODES } from '../../store/testing/sample-codes.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import { createTokens, type Tokens } from '../acting/once.ts'
import type { PersonActor } from '../actor.ts'
import { CHANNELS } from '../channels.ts'
import { tokenHash } from '../hash.ts'
import { invitationToken } from '../people/links/new-invitation.ts'
import type { Readers, Work } from '../work.ts'
import { later, newId, nowOf, type World } from '../world.ts'
import { type Carrier, type CarrierIn, type Carriers, everywhere, type Parcel } from './carrier.ts'
import type { ChannelRules, Telling } from './channel.ts'
import { MOST_ATTEMPTS } from './delivery.ts'
import { eventOf, type Fact, idOf, type PersonFact, placeOf } from './fact.ts'
import { NotTaken } from './not-taken.ts'
import { tellingWork } from './telling-work.ts'

// A channel that is none of today’s, by its rules and the one line that a new channel adds: mails to managers of what waits, to whoever a certificate
// is for of what became of it, and of a link by which somebody signs in. The first of its messages has the id that the webhook’s has.
const MAIL: string = 'mail'
const MAIL_RULES: ChannelRules = {
  messagesOf: async (stores, fact) => {
    const told = await addresseesOf(stores, fact)
    const opens = fact.about === 'person' && { opens: fact.invitation }
    const what = JSON.stringify({ event: eventOf(fact), about: aboutOf(fact), ...opens })
    const until = fact.about === 'person' && { until: fact.until }
    return told.map((to, at): Telling => ({ id: at === 0 ? idOf(fact) : `${idOf(fact)} ${to.id}`, what, to, ...until }))
  },
  toldIn: (what) => JSON.parse(what),
  write: async (stores, { what, to, environment, at }, pen) => {
    const { event, about, opens } = JSON.parse(what)
    const scope = { environment }
    const request = (number: string) => stores.requests.find(scope, Number(number))
    if (event === 'request.submitted' && (await request(about.id))?.state !== 'pending') return undefined
    const person = to!.kind === 'person' ? await stores.people.find(scope, to!.id) : undefined
    const address = person?.email ?? (await request(to!.id))?.contact?.email
    const token = opens && tokenOf[event]!(pen.tokens, opens)
    const open = token && (await tokenHash(token))
    const link =
      event === 'person.link'
        ? await stores.credentials.findByHandle(scope, 'link', open)
        : event === 'person.invited' && (await stores.invitations.findOpenOf(scope, about.id))
    if (address === undefined || (person && person.state === 'disabled') || link === undefined) return undefined
    if (link && 'hash' in link && link.hash !== open) return undefined
    return {
      address,
      body: `Dear ${person?.name ?? 'all'}, ${event} of ${at}${link ? `: ${pen.portal}/open#${token}` : ''}`,
    }
  },
}
Object.assign(CHANNELS, { [MAIL]: MAIL_RULES })

const tokenOf: Record<string, (tokens: Tokens, opens: string) => string> = {
  'person.link': (tokens, opens) => tokens('sign-in link', opens),
  'person.invited': invitationToken,
}

/** As a rule of people that sends somebody a link to sign in with would say so. */
const tokens = createTokens(SAMPLE_CODES)
async function sendLink(work: Work, world: World, { id: person, environment, credential: madeWith }: PersonActor) {
  const [id, at] = [newId(world), nowOf(world)]
  const expiresAt = later(at, 15 * MINUTE)
  const opens = { invitation: id, until: expiresAt }
  const fact: PersonFact = { about: 'person', kind: 'link' as 'invited', at, environment, person, ...opens }
  const token = tokens('sign-in link', id)
  const link = { id, environment, person, kind: 'link', strength: 'low', name: '', madeWith } as const
  const handle = await tokenHash(token)
  await work.transaction(async (stores) => {
    await stores.credentials.insert({ ...link, handle, createdAt: fact.at, expiresAt })
    await stores.facts.announce(fact)
  })
  return token
}

async function addresseesOf(stores: Readers, fact: Fact): Promise<readonly DeliveryAddressee[]> {
  if (fact.about === 'person') return [{ kind: 'person', id: fact.person }]
  if (fact.about === 'request' && fact.kind === 'submitted') return fact.beforehand ? [] : managersOf(stores, fact)
  if (fact.about === 'request' && fact.kind !== 'issued') return []
  const { owner, request } = fact.about === 'request' ? fact : fact.certificate
  if (owner.kind === 'person') return [{ kind: 'person', id: owner.id }]
  return owner.kind === 'applicant' ? [{ kind: 'contact', id: String(request) }] : []
}

async function managersOf(stores: Readers, fact: Fact): Promise<readonly DeliveryAddressee[]> {
  const { environment, organisation } = placeOf(fact)
  if (organisation === undefined) return []
  const { items } = await stores.people.page({ environment }, { role: 'manager', organisation, now: fact.at })
  return items.map(({ id }) => ({ kind: 'person', id }))
}

function aboutOf(fact: Fact): object {
  if (fact.about === 'request') return { kind: 'request', id: String(fact.request) }
  if (fact.about === 'person') return { kind: 'person', id: fact.person }
  return { kind: 'certificate', id: fact.certificate.id, serial: fact.certificate.serial }
}

/** A carrier that says what it was given; while it is away it takes nothing, and what it has no address for it refuses for good. */
function carrierThat(got: Parcel[]) {
  const state = { isAway: false, unknown: '', send: async (_: AbortSignal): Promise<void> => undefined }
  const carrier: Carrier = {
    name: 'somebody',
    send: async (parcel, ending) => {
      if (state.isAway) throw new NotTaken('unreachable', 'no')
      if (parcel.address === state.unknown) throw new NotTaken('rejected', 'no such mailbox', { status: 550 })
      await state.send(ending)
      got.push(parcel)
      return 250
    },
  }
  return { state, carrier }
}

async function scene(database: Database) {
  const work = await openSample(database)
  const desk = await rulesDeskOn(work)
  const [posted, mailed]: [Parcel[], Parcel[]] = [[], []]
  const [webhook, mail] = [carrierThat(posted), carrierThat(mailed)]
  const reports: string[] = []
  const deskWith = (carriers: object) =>
    coreOn(work, desk.signers, {}, desk.world, (what) => void reports.push(what), undefined, undefined, {
      carriers: carriers as Carriers,
    })
  const { actor: admin } = await firstAdministrator(desk.core)
  const post = await organisation(desk.core, admin)
  const inHand = await kit(desk.core, admin, post.id)
  const core = deskWith({ webhook: everywhere(webhook.carrier), [MAIL]: everywhere(mail.carrier) })
  const submitted = async (at = core) => (await submit(at, await machine(), inHand)).request.number
  const channels = async () =>
    (await ask(database, 'SELECT channel FROM delivery')).map(({ channel }) => channel).sort()
  /** Which events went to whom, sent since the last call; links to come in by, which everybody here is sent, are asked for with `links`. */
  const eventIn = (body: string) => / (\w+\.\w+) of /.exec(body)![1]!
  const sent = () => mailed.splice(0).map(({ address, body }) => ({ address, event: eventIn(body), body }))
  const letters = () => sent().flatMap(({ address, event }) => (event === 'person.invited' ? [] : [[address, event]]))
  const links = () =>
    sent().flatMap(({ address, event, body }) => (event === 'person.invited' ? [[address, body.split('#')[1]]] : []))
  const listed = async () => (await core.deliveries.list(admin, {})).items.filter(({ channel }) => channel === MAIL)
  /** As a unit of a rule of the desk. */
  const told = tellingWork(work, CHANNELS, {
    webhook: everywhere(webhook.carrier),
    [MAIL]: everywhere(mail.carrier),
  } as Carriers)
  /** As if the pause were over. */
  const due = () => ask(database, "UPDATE delivery SET next_at = '1970-01-01T00:00:00.000Z'")
  const close = async () => {
    await core.deliveries.stop()
    await work.close()
  }
  const all = {
    work,
    posted,
    mailed,
    webhook,
    mail,
    deskWith,
    admin,
    post,
    inHand,
    submitted,
    channels,
    letters,
    links,
    listed,
  }
  return { ...desk, ...all, quiet: desk.core, core, reports, told, due, close }
}

const CONTACT = 'user@post.example'

eachRulesDatabase('a second channel', ({ engine, prepared }) => {
  test('chooses what it tells and whom, by what it reads of people and requests; the webhook gets its own, as before', async () => {
    const { core, admin, post, posted, letters, listed, submitted, close } = await scene(await prepared())
    const one = await invited(core, admin, 'manager', { email: 'one@post.example', organisation: post.id })
    const two = await invited(core, admin, 'manager', { email: 'two@post.example', organisation: post.id })
    const other = await organisation(core, admin, 'OTHER1', 'Another')
    await invited(core, admin, 'manager', { email: 'three@other.example', organisation: other.id })
    await core.deliveries.deliver()
    assert.deepEqual(
      letters(),
      ['one@post.example', 'two@post.example', 'three@other.example'].map((to) => [to, 'request.issued']),
    )
    const number = await submitted()
    await core.deliveries.deliver()
    assert.deepEqual(letters().sort(), [
      ['one@post.example', 'request.submitted'],
      ['two@post.example', 'request.submitted'],
    ])
    const { certificate } = await approve(core, one.actor, number)
    await core.certificates.revoke(admin, certificate!.id, 'superseded')
    await core.certificates.revoke(admin, two.actor.credential, 'cessationOfOperation')
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [
      [CONTACT, 'request.issued'],
      [CONTACT, 'certificate.revoked'],
      ['two@post.example', 'certificate.revoked'],
    ])
    assert.deepEqual(
      posted.map(({ body }) => JSON.parse(body).type),
      ['request.approved', 'certificate.revoked', 'certificate.revoked'],
    )
    // The page says whom each is for, as they are called now.
    const [toHer, toContact] = await listed()
    const { name } = one.actor
    assert.deepEqual(toHer!.to, { kind: 'person', id: two.actor.id, name: two.actor.name })
    assert.deepEqual(toContact!.to, { kind: 'contact', id: String(number) })
    assert.deepEqual([name, toHer!.event, toHer!.state], ['Some manager', 'certificate.revoked', 'done'])
    await close()
  })

  test('hears of every step of a request, of certificates and of people, whether or not it tells of them', async (t) => {
    const { core, admin, inHand, submitted, close } = await scene(await prepared())
    const heard: string[] = []
    t.mock.method(MAIL_RULES, 'messagesOf', async (_: Readers, fact: Fact) => {
      const who = fact.about === 'request' ? fact.owner.kind : ''
      heard.push([eventOf(fact), who, ...('beforehand' in fact ? ['beforehand'] : [])].join(' ').trim())
      return []
    })
    const since = () => heard.splice(0)
    await invited(core, admin, 'auditor')
    const steps = ['submitted', 'approved'].map((step) => `request.${step} person beforehand`)
    assert.deepEqual(since(), ['person.invited', ...steps, 'request.issued person'])
    const pc = await machine()
    await submit(core, pc, inHand)
    const { number } = (await submit(core, pc, inHand)).request
    const { certificate } = await approve(core, admin, number)
    await core.certificates.revoke(admin, certificate!.id, 'superseded')
    await core.requests.reject(admin, await submitted(), 'no')
    const ofMachine = ['submitted', 'submitted', 'replaced', 'approved', 'issued']
    assert.deepEqual(since(), [
      ...ofMachine.map((step) => `request.${step} applicant`),
      ...[
        'certificate.revoked',
        'request.revoked applicant',
        'request.submitted applicant',
        'request.rejected applicant',
      ],
    ])
    await close()
  })

  test('tells what is so when it sends: to the address that there is then, and nothing where nothing is left to tell', async () => {
    const { core, admin, post, mail, letters, listed, submitted, due, work, close } = await scene(await prepared())
    const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
    await core.deliveries.deliver()
    letters()
    mail.state.isAway = true
    const [decided, waits] = [await submitted(), await submitted()]
    await core.deliveries.deliver()
    await core.requests.reject(admin, decided, 'not ours')
    mail.state.isAway = false
    await due()
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [[manager.email, 'request.submitted']])
    const found = (await listed()).filter(({ event }) => event === 'request.submitted')
    assert.deepEqual(
      found.map(({ about, state, answer }) => [about.id, state, answer!.kind]),
      [
        [String(waits), 'done', 'taken'],
        [String(decided), 'given-up', 'needless'],
      ],
    )
    const { items } = await work.read(({ audit }) => audit.page({ environment: 'production' }, {}))
    assert.deepEqual(
      items.filter(({ action }) => action === 'desk.delivery_given_up'),
      [],
      'nobody misses it',
    )
    await close()
  })

  test('a link in a message opens, and its token is nowhere in the database; a desk that was killed sends the same one again', async () => {
    const database = await prepared()
    const { core, admin, told, world, mail, mailed, letters, deskWith, due, close, listed } = await scene(database)
    await core.deliveries.deliver()
    letters()
    // Killed in the middle: it was sent, and nobody wrote down that it was taken.
    const going = Promise.withResolvers<void>()
    const sending = Promise.withResolvers<void>()
    mail.state.send = async () => {
      sending.resolve()
      await going.promise
      throw new Error('killed')
    }
    const drawn = await sendLink(told, world, admin)
    const killed = core.deliveries.deliver()
    await sending.promise
    mail.state.send = async () => undefined
    await due()
    const next = deskWith({ webhook: undefined, [MAIL]: everywhere(mail.carrier) })
    await next.deliveries.deliver()
    going.resolve()
    await killed
    const [first] = mailed.splice(0)
    const token = first!.body.split('#')[1]!
    assert.deepEqual([token, first!.address], [drawn, admin.email])
    assert.match(first!.body, / https:\/\/portal\.example\.org:8443\/open#/, 'where the portal is, the desk says')
    assert.ok(token.length >= 43)
    const tables = engine === 'sqlite' ? "SELECT name FROM sqlite_master WHERE type = 'table'" : TABLES
    for (const { name } of await ask(database, tables)) {
      for (const row of await ask(database, `SELECT * FROM "${name}"`)) {
        for (const [column, value] of Object.entries(row)) {
          const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
          for (const hidden of [token, Buffer.from(token).toString('hex'), Buffer.from(token).toString('base64')])
            assert.ok(!text.includes(hidden), `${name}.${column} holds the token`)
          if (name === 'delivery') assert.ok(!text.includes(admin.email!) && !text.includes(admin.name), text)
        }
      }
    }
    const { token: session } = await next.sessions.beginWithLink({ token, from: '192.0.2.9', agent: 'a browser' })
    assert.equal((await next.sessions.find(session, { from: '192.0.2.9' })).id, admin.id)
    const [one] = await listed()
    const { about, event } = one!
    assert.deepEqual([event, about], ['person.link', { kind: 'person', id: admin.id, name: admin.name }])
    await next.deliveries.stop()
    await close()
  })

  test('a link by which somebody comes in is sent once it opens, as long as it is theirs; of a renewed one, the new one', async () => {
    const { core, admin, letters, links, due, mail, listed, later, close } = await scene(await prepared())
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [], 'the first administrator came before anybody could be told')
    const auditor = { name: 'Otto', email: 'otto@desk.example', role: 'auditor' } as const
    const { token, person } = await core.people.invite(admin, auditor)
    await core.deliveries.deliver()
    assert.deepEqual(links(), [[auditor.email, token]])
    // Nobody takes it yet, and before anybody does another one takes its place.
    mail.state.isAway = true
    await core.people.renewInvitation(admin, person.id)
    await core.deliveries.deliver()
    const renewed = await core.people.renewInvitation(admin, person.id)
    mail.state.isAway = false
    await due()
    await core.deliveries.deliver()
    assert.deepEqual(links(), [[auditor.email, renewed.token]])
    assert.deepEqual(
      (await listed()).slice(0, 2).map(({ answer, until }) => [answer!.kind, until]),
      [
        ['taken', renewed.expiresAt],
        ['needless', renewed.expiresAt],
      ],
    )
    // One that waits for a second administrator is told of when it was confirmed, and one that nobody confirms never.
    const { actor: second } = await invited(core, admin, 'administrator', { email: 'second@desk.example' })
    await core.deliveries.deliver()
    links()
    const third = await core.people.invite(admin, { name: 'Tom', email: 'tom@desk.example', role: 'administrator' })
    const no = await core.people.invite(admin, { name: 'No', email: 'no@desk.example', role: 'administrator' })
    await core.deliveries.deliver()
    assert.deepEqual([third.awaiting, no.awaiting, links()], [true, true, []])
    later(MINUTE)
    await answerLink(core, second, third.person.id)
    await answerLink(core, second, no.person.id, 'refuse')
    await core.deliveries.deliver()
    assert.deepEqual(links(), [['tom@desk.example', third.token]])
    const until = new Date(Date.parse(third.expiresAt) + MINUTE).toISOString()
    assert.equal((await listed())[0]!.until, until, 'it opens for its whole life from when it was confirmed')
    await acceptInvitation(core, third.token)
    // What somebody makes for themselves, they have.
    await core.credentials.addDevice(second, 'Laptop')
    await core.deliveries.deliver()
    assert.deepEqual(links(), [])
    await close()
  })

  test('what is of no use any more is given up and not sent, also by hand', async () => {
    const { core, admin, told, world, mail, letters, later, due, listed, reports, close } = await scene(
      await prepared(),
    )
    await core.deliveries.deliver()
    letters()
    mail.state.isAway = true
    await sendLink(told, world, admin)
    await core.deliveries.deliver()
    const [first] = await listed()
    assert.deepEqual([first!.state, first!.until], ['due', new Date(Date.parse(first!.at) + 15 * MINUTE).toISOString()])
    later(15 * MINUTE)
    mail.state.isAway = false
    await due()
    await core.deliveries.deliver()
    const [given] = await listed()
    assert.deepEqual([letters(), given!.state, given!.answer!.kind], [[], 'given-up', 'over'])
    assert.match(reports.at(-1)!, /was not told of person\.link\.\S+ while it was of use/)
    await assert.rejects(core.deliveries.resend(admin, given!.number), refused('delivery_over'))
    await close()
  })

  test('what is refused for good is given up at once, and sent again where somebody says so; a refusal that may pass is not', async () => {
    const { core, admin, post, mail, letters, submitted, listed, work, close } = await scene(await prepared())
    const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
    await core.deliveries.deliver()
    letters()
    mail.state.unknown = manager.email!
    const number = await submitted()
    await core.deliveries.deliver()
    const [given] = await listed()
    const { kind, status } = given!.answer!
    assert.ok(MOST_ATTEMPTS > 1)
    assert.deepEqual([given!.state, given!.attempts, kind, status], ['given-up', 1, 'rejected', 550])
    const { items } = await work.read(({ audit }) => audit.page({ environment: 'production' }, {}))
    const line = items.find(({ action }) => action === 'desk.delivery_given_up')
    assert.deepEqual(line!.target, { kind: 'request', id: String(number) })
    mail.state.unknown = ''
    await core.deliveries.resend(admin, given!.number)
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [[manager.email, 'request.submitted']])
    assert.equal((await listed())[0]!.state, 'done')
    await close()
  })

  test('a message that the desk cannot write is tried again, and keeps no other one back', async (t) => {
    const { core, admin, post, letters, submitted, listed, due, reports, close } = await scene(await prepared())
    const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
    await core.deliveries.deliver()
    letters()
    const { write } = MAIL_RULES
    let isBroken = (_: string): boolean => true
    t.mock.method(MAIL_RULES, 'write', async (...given: Parameters<typeof write>) => {
      if (isBroken(JSON.parse(given[1].what).about.id)) throw new TypeError('a fault of the rules')
      return write(...given)
    })
    const bad = String(await submitted())
    isBroken = (id) => id === bad
    await core.deliveries.deliver()
    await submitted()
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [[manager.email, 'request.submitted']])
    const unwritten = (await listed()).find(({ about }) => about.id === bad)!
    assert.deepEqual([unwritten.state, unwritten.answer!.kind], ['due', 'unwritten'])
    assert.ok(reports.some((one) => /could not be written/.test(one)))
    isBroken = () => false
    await due()
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [[manager.email, 'request.submitted']])
    await close()
  })

  test('a contact is sent no token: what draws one for them is never written', async (t) => {
    const { core, admin, letters, submitted, listed, reports, close } = await scene(await prepared())
    const write: ChannelRules['write'] = async (_, { to, what }, { tokens }) => ({
      ...{ address: to!.id, body: `Dear all, ${JSON.parse(what).event} of now: ${tokens('sign-in link', 'an id')}` },
    })
    t.mock.method(MAIL_RULES, 'write', write)
    await approve(core, admin, await submitted())
    const { actor: auditor } = await invited(core, admin, 'auditor')
    await core.deliveries.deliver()
    assert.deepEqual(letters(), [[auditor.id, 'request.issued']])
    const toContact = (await listed()).find(({ to }) => to?.kind === 'contact')
    assert.deepEqual([toContact?.state, toContact?.answer?.kind], ['due', 'unwritten'])
    assert.ok(reports.some((one) => /could not be written/.test(one)))
    await close()
  })

  test('that a desk has alone gets its own, and the quiet one nothing; a desk that tells nobody leaves none at all', async () => {
    const { deskWith, quiet, webhook, mail, admin, submitted, channels, close } = await scene(await prepared())
    const mailAlone = deskWith({ webhook: undefined, [MAIL]: everywhere(mail.carrier) })
    await approve(mailAlone, admin, await submitted(quiet))
    assert.deepEqual(await channels(), [MAIL])
    const webhookAlone = deskWith({ webhook: everywhere(webhook.carrier) })
    await approve(webhookAlone, admin, await submitted(quiet))
    assert.deepEqual(await channels(), [MAIL, 'webhook'])
    await approve(quiet, admin, await submitted(quiet))
    assert.equal((await channels()).length, 2)
    await mailAlone.deliveries.stop()
    await webhookAlone.deliveries.stop()
    await close()
  })

  test('tells in the environment in which it has settings, as they are when something happens and when it is sent', async (t) => {
    const { deskWith, quiet, work, world, mail, mailed, admin, close } = await scene(await prepared())
    const heard: string[] = []
    const { messagesOf } = MAIL_RULES
    t.mock.method(MAIL_RULES, 'messagesOf', async (stores: Readers, fact: Fact) => {
      heard.push(placeOf(fact).environment)
      return messagesOf(stores, fact)
    })
    const mailIn: CarrierIn = async (environment, { settings }) => {
      const server = await settings.get(`mail of ${environment}`)
      return server ? { ...mail.carrier, name: server } : undefined
    }
    const carriers = { webhook: undefined, [MAIL]: mailIn }
    const core = deskWith(carriers)
    const told = tellingWork(work, CHANNELS, carriers as Carriers)
    const { actor: inTest } = await firstAdministrator(quiet, 'test')
    const set = (server: string) => work.transaction(({ settings }) => settings.set('mail of test', server))
    await sendLink(told, world, inTest)
    await sendLink(told, world, admin)
    assert.deepEqual(heard, [], 'nobody is told in either')
    await set('mail.example.org')
    await sendLink(told, world, inTest)
    await sendLink(told, world, admin)
    assert.deepEqual(heard, ['test'])
    await set('')
    await core.deliveries.deliver()
    const left = async () => (await core.deliveries.list(inTest, {})).items
    assert.deepEqual(
      (await left()).map(({ state, attempts }) => [state, attempts]),
      [['due', 0]],
      'what waits while there is nobody to bring it loses no attempt',
    )
    await set('mail.example.org')
    await core.deliveries.deliver()
    assert.deepEqual(
      mailed.map(({ environment, address }) => [environment, address]),
      [['test', inTest.email]],
    )
    assert.deepEqual(await core.deliveries.list(admin, {}).then(({ items }) => items), [])
    await core.deliveries.stop()
    await close()
  })

  test('waits for no other one, and what is for another it leaves to the desk that has it', async () => {
    const { core, deskWith, webhook, mail, posted, mailed, admin, submitted, close } = await scene(await prepared())
    const going = Promise.withResolvers<void>()
    webhook.state.send = () => going.promise // an address that does not answer
    await approve(core, admin, await submitted())
    const delivered = core.deliveries.deliver()
    const webhookAlone = deskWith({ webhook: everywhere(webhook.carrier) })
    await webhookAlone.deliveries.deliver() // nothing of the mails, and what is under way at the other desk not either
    while (mailed.length < 1) await new Promise(setImmediate)
    assert.equal(posted.length, 0)
    going.resolve()
    await delivered
    assert.deepEqual([posted.length, mailed.length], [1, 1])
    mail.state.isAway = true
    await approve(core, admin, await submitted())
    await core.deliveries.deliver()
    const { items } = await core.deliveries.list(admin, { state: 'due' })
    assert.deepEqual([posted.length, items.map(({ channel }) => channel)], [2, [MAIL]])
    await webhookAlone.deliveries.stop()
    await close()
  })
})

const TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
