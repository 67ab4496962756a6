import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerGrant,
  answerKit,
  answerLink,
  approve,
  coreOn,
  csrOf,
  derOf,
  firstAdministrator,
  HOST,
  invited,
  kit,
  liftBlock,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submit,
} from '../../../../test/rules-desk.ts'
import { SAID, type Said } from '../../../store/erasure/columns.ts'
import type { Database } from '../../../store/opening/open-database.ts'
import { ask } from '../../../store/testing/ask.ts'
import { unguardCertificates } from '../../../store/testing/certificates-behind-the-back.ts'
import type { PersonActor } from '../../actor.ts'
import type { AuditEvent } from '../../audit/audit-event.ts'
import type { Core } from '../../core.ts'
import { entriesOf } from '../../log/entries.ts'
import { verifyLog } from '../../log/verify.ts'
import type { Work } from '../../work.ts'

const NAME = 'Zoé Quatremère'
const FROM = '198.51.100.77'
const AGENT = 'Agent of Zoe'
/** What only they are called, or said. */
const OF_ZOE = [
  ...[
    FROM,
    AGENT,
    'zoe@desk.example',
    'zoe@Desk.Example',
    '+33 6 11',
    'not like this',
    'stolen from',
    'the laptop of',
    'the other one of',
  ],
  'call Zo',
]
const MACHINE = {
  ...{ hostName: 'shop.post.example', macAddresses: [], processor: '', processorId: '', operatingSystem: '' },
  ...{ operatingSystemVersion: '', architecture: '' },
}

/** An administrator from a place of their own. */
async function comes(core: Core, by: PersonActor, email: string, from = FROM, agent = AGENT) {
  const { person, token, awaiting } = await core.people.invite(by, { name: NAME, email, role: 'administrator' })
  return { id: person.id, awaiting, open: () => opens(core, token, from, agent) }
}

async function opens(core: Core, token: string, from: string, agent: string) {
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const { certificate, session } = await core.invitations.accept({ token, csr, from, agent })
  return { certificate, actor: await core.sessions.find(session!.token, { from }) }
}

/** Somebody who did all that leaves a copy of their name, and a namesake who did some of it. */
async function scene(opened: { database: Database; work: Work }) {
  const desk = await rulesDeskOn(opened.work)
  const { core } = desk
  const { actor: ada } = await firstAdministrator(core)
  const post = await organisation(core, ada)
  const { actor: zoe, certificate } = await (await comes(core, ada, 'zoe@desk.example')).open()
  const link = await comes(core, ada, 'other@desk.example', '192.0.2.99', 'Agent of the namesake')
  await answerLink(core, zoe, link.id)
  const { actor: namesake } = await link.open()

  const confirmed = await kit(core, zoe, post.id, { standingApproval: true })
  await answerKit(core, ada, confirmed.id)
  const theirs = await kit(core, ada, post.id, { standingApproval: true })
  await answerKit(core, zoe, theirs.id)
  const others = await kit(core, namesake, post.id, { standingApproval: true })
  await answerKit(core, ada, others.id)
  const plain = await kit(core, ada, post.id)
  await submit(core, await machine(), confirmed)
  const asked = { commonName: 'ws-dddddddddddddddddddddddddd', email: 'zoe@Desk.Example' }
  const ownMachine = (await submit(core, await machine(), plain, asked)).request.number
  await core.requests.reject(ada, ownMachine, 'not hers')

  const pc = await machine()
  const rejected = (await submit(core, pc, plain)).request.number
  await core.requests.reject(zoe, rejected, `not like this, says ${NAME}`)
  const approved = (await submit(core, await machine(), plain, { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' })).request
    .number
  await approve(core, zoe, approved)
  const rejectedByOther = (await submit(core, pc, plain, { commonName: 'ws-cccccccccccccccccccccccccc' })).request
    .number
  await core.requests.reject(namesake, rejectedByOther, 'no')
  await core.blocks.block(zoe, pc.thumbprint, `stolen from ${NAME}`)
  await liftBlock(core, ada, pc.thumbprint)

  const handIn = async (by: PersonActor, host: string): Promise<number> => {
    const csr = await csrOf(await generateKeyPair('ec-p256'), [{ type: 'commonName', value: host }])
    const contact = { telephone: '+33 6 11 22 33 44', description: `call ${NAME}` }
    const input = { organisation: post.id, profile: 'server', csr, machine: { ...MACHINE, hostName: host }, contact }
    return (await core.files.handIn(by, input)).request.number
  }
  const handed = await handIn(zoe, 'shop.post.example')
  await approve(core, ada, handed)
  await core.files.download(zoe, handed)

  const guest = await core.people.invite(zoe, { name: 'A Guest', email: 'guest@desk.example', role: 'auditor' })
  const { actor: auditor } = await acceptInvitation(core, guest.token)
  const bob = await core.people.invite(ada, { name: 'Bob', email: 'bob@desk.example', role: 'auditor' })
  const given = await core.grants.give(zoe, bob.person.id, { role: 'administrator' })
  await answerGrant(core, ada, bob.person.id, given.grants.find(({ role }) => role === 'administrator')!.id)
  const more = await core.grants.give(zoe, auditor.id, { role: 'manager', organisation: post.id })
  await core.grants.end(zoe, auditor.id, more.grants.find(({ role }) => role === 'manager')!.id)
  await core.credentials.name(zoe, zoe.credential, `the laptop of ${NAME}`)
  const device = await core.credentials.addDevice(zoe, `the other one of ${NAME}`)
  assert.ok(device.awaiting)
  await answerLink(core, ada, zoe.id)
  await core.people.invite(zoe, { name: 'Carl', email: 'carl@desk.example', role: 'administrator' })
  return {
    ...desk,
    ada,
    zoe,
    namesake,
    auditor,
    post,
    handIn,
    pc,
    handed,
    rejected,
    rejectedByOther,
    ownMachine,
    certificate,
  }
}

/** Somebody whom nobody knows shows a certificate from elsewhere. */
const shown = (id: string, claims: string): AuditEvent => ({
  environment: 'production',
  at: '2026-03-01T12:00:00.000Z',
  action: 'session.begun',
  outcome: 'refused',
  actor: { kind: 'caller', name: 'unknown', from: `of ${id}` },
  target: { kind: 'certificate', id },
  facts: { claims },
})

const says = SAID as Readonly<Record<string, Said<string>>>

/** All that the database holds, but for what certificates and requests say that were signed. */
async function dump(database: Database): Promise<string> {
  const tables: string[] = []
  for (const [table, { evidence = [], found = [] }] of Object.entries(says)) {
    for (const row of await ask(database, `SELECT * FROM ${table}`)) {
      const shown = Object.entries(row).filter(([column]) => !evidence.includes(column))
      const isCopy = table === 'search_word' || (table === 'request' && found.length > 0 && row.owner_kind === 'person')
      const texts = shown
        .filter(([column]) => !(isCopy && found.includes(column)))
        .map(([, value]) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value))
      tables.push(`${table} ${JSON.stringify(texts)}`)
    }
  }
  return tables.join('\n')
}

const linesWith = (dumped: string, text: string): string[] => dumped.split('\n').filter((line) => line.includes(text))

eachRulesDatabase('erasing a person', ({ opened }) => {
  test('takes every copy of their name and address out, by their id: a namesake’s stay; what was signed stays; codes and log hold', async () => {
    const { database, work } = await opened()
    const done = await scene({ database, work })
    const { core, ada, zoe, namesake, pc, handed, rejected, rejectedByOther, forged } = done
    const disabled = await dump(database)
    assert.ok(linesWith(disabled, NAME).length > 30)
    await core.people.disable(ada, zoe.id)
    const late = { der: derOf(done.certificate), from: FROM, agent: AGENT }
    await assert.rejects(core.sessions.beginWithCertificate(late), refused('certificate_is_revoked'))
    const count = async (): Promise<number> => {
      const rows = await dump(database)
      return linesWith(rows, namesake.id).length + linesWith(rows, 'other@desk.example').length
    }
    const kept = await count()

    const { rows, lines } = await core.erasing.erase(HOST, 'production', zoe.id)
    assert.ok(rows > 10 && lines > 20, `${rows} ${lines}`)
    const after = await dump(database)
    for (const text of OF_ZOE) assert.deepEqual(linesWith(after, text), [], text)
    // By name only the namesake is left, and whatever names them says so with their id.
    const theirs = await work.read(({ erasures }) => erasures.thingsOf({ environment: 'production' }, namesake.id))
    const ids = [namesake.id, ...theirs.map(({ kind, id }) => JSON.stringify([kind, id]).slice(1, -1))]
    for (const line of linesWith(after, NAME))
      assert.ok(
        ids.some((id) => line.includes(id)),
        line,
      )
    assert.ok((await count()) >= kept)
    assert.ok(linesWith(after, NAME).length > 5)
    assert.deepEqual(forged, [])

    const words = await ask(database, `SELECT * FROM search_word WHERE word = 'quatremere' AND list = 1`)
    const named = await ask(
      database,
      `SELECT number FROM request WHERE owner_kind = 'person' AND common_name = '${NAME}'`,
    )
    assert.equal(words.length, named.length, 'requests are found by what was signed alone')

    // Whoever looks: everything answers.
    const { items: people } = await core.people.list(ada, { size: 50 })
    const person = people.find(({ id }) => id === zoe.id)
    assert.deepEqual([person?.name, person?.email, person?.state], ['', undefined, 'disabled'])
    const kits = await core.kits.list(ada, { size: 50 })
    assert.deepEqual(kits.items.filter(({ createdBy }) => createdBy === '').length, 1)
    await core.certificates.list(ada, { size: 50 })
    const requests = await core.requests.list(ada, { size: 50 })
    for (const { number } of requests.items) await core.requests.detail(ada, number)
    const detail = await core.requests.detail(ada, handed)
    assert.deepEqual(
      [detail.origin.name, detail.contact, detail.downloadedBy, detail.unreadable],
      ['', { email: '' }, '', undefined],
    )
    assert.deepEqual(detail.steps.map(({ actor }) => actor.name).filter((name) => name === '').length, 2)
    const own = await core.requests.detail(ada, done.ownMachine)
    assert.deepEqual(
      [own.contact, own.origin.name],
      [{ email: '' }, 'a kit'],
      'a contact that has no id, by its address',
    )
    const no = await core.requests.detail(ada, rejected)
    assert.deepEqual([no.decidedBy, no.reason, no.steps.at(-1)?.reason], ['', '', ''])
    const other = await core.requests.detail(ada, rejectedByOther)
    assert.deepEqual([other.decidedBy, other.reason], [NAME, 'no'])
    const log = (await core.audit.list(ada, { size: 200 })).items
    assert.equal(
      log.some(({ altered }) => altered),
      false,
    )
    assert.ok(
      log.some(({ action, erased }) => action === 'applicant.lifted' && erased?.includes('facts.reason')),
      'typed by another than who lifted',
    )
    assert.deepEqual(
      log.filter(({ action }) => action === 'person.erased').map(({ target }) => target),
      [{ kind: 'person', id: zoe.id }],
    )
    await core.blocks.block(ada, pc.thumbprint, 'again')
    await core.log.run()
    assert.equal(await core.highWater.look(), undefined)
    const verified = await verifyLog(entriesOf(work))
    assert.equal(verified.unproven, 0)

    assert.deepEqual(
      await core.erasing.erase(HOST, 'production', zoe.id),
      { rows: 0, lines: 0, unknown: [], unvouched: [] },
      'done twice it changes nothing',
    )
    // Whoever has the address now is somebody else.
    await core.people.invite(ada, { name: 'Somebody', email: 'zoe@desk.example', role: 'auditor' })
  })

  test('is refused while they are somebody here, or ask for something; an id of nobody is nobody', async () => {
    const { database, work } = await opened()
    const { core, ada, zoe, handIn } = await scene({ database, work })
    await assert.rejects(core.erasing.erase(HOST, 'production', zoe.id), refused('person_not_disabled'))
    await assert.rejects(core.erasing.erase(HOST, 'test', zoe.id), refused('not_found'))
    await assert.rejects(core.erasing.erase(HOST, 'production', 'nobody'), refused('not_found'))
    const waiting = await handIn(zoe, 'late.post.example')
    await core.people.disable(ada, zoe.id)
    await assert.rejects(
      core.erasing.look('production', zoe.id),
      refused('person_request_waiting', { request: waiting }),
    )
    await core.requests.reject(ada, waiting, 'left')
    assert.equal((await core.erasing.look('production', zoe.id)).name, NAME)
    await core.erasing.erase(HOST, 'production', zoe.id)
  })

  test('is refused while a machine waits about which they are to be reached: their mailbox, however it is spelt, is what tells that it is their own', async () => {
    const { database, work } = await opened()
    const { core, ada, post } = await scene({ database, work })
    const inHand = await kit(core, ada, post.id)
    const ana = await invited(core, ada, 'auditor', { email: 'ana@b\u00fccher.example' })
    const { request } = await submit(core, await machine(), inHand, { email: 'ana@xn--bcher-kva.example' })
    await core.people.disable(ada, ana.actor.id)
    const waits = refused('person_request_waiting', { request: request.number })
    await assert.rejects(core.erasing.erase(HOST, 'production', ana.actor.id), waits)
    await core.requests.reject(ada, request.number, 'left')
    await core.erasing.erase(HOST, 'production', ana.actor.id)
    const [row] = await ask(database, `SELECT contact, search FROM request WHERE number = ${request.number}`)
    assert.ok(!JSON.stringify(row).includes('cher'), JSON.stringify(row))
  })

  test('takes along what a certificate from elsewhere called them, once somebody says that it was theirs', async () => {
    const { database, work } = await opened()
    const { core, ada, zoe } = await scene({ database, work })
    await work.transaction(async ({ audit }) => {
      for (const id of ['theirs', 'another']) await audit.append(shown(id, `claims of ${id}`))
    })
    await core.people.disable(ada, zoe.id)
    await core.erasing.erase(HOST, 'production', zoe.id)
    const left = async (text: string): Promise<number> => linesWith(await dump(database), text).length
    assert.equal(await left('claims of theirs'), 1)
    assert.deepEqual(await core.erasing.erase(HOST, 'production', zoe.id, ['theirs']), {
      rows: 0,
      lines: 1,
      unknown: [],
      unvouched: [],
    })
    assert.deepEqual(
      [await left('claims of theirs'), await left('of theirs'), await left('claims of another')],
      [0, 0, 1],
    )
    const { unknown } = await core.erasing.erase(HOST, 'production', zoe.id, ['theirs', 'of nobody'])
    assert.deepEqual(unknown, ['of nobody'])
  })

  test('goes by what the desk vouches for: rows that give them another’s take no line of that one along, and are told', async () => {
    const { database, work } = await opened()
    const { core, ada, zoe, namesake } = await scene({ database, work })
    await core.people.disable(ada, zoe.id)
    const [request] = await ask(database, `SELECT number FROM request WHERE owner_id = '${namesake.id}'`)
    const [certificate] = await ask(database, `SELECT id FROM certificate WHERE owner_id = '${namesake.id}'`)
    const [credential] = await ask(database, `SELECT id FROM credential WHERE person = '${namesake.id}'`)
    const ids = [request!.number, certificate!.id, credential!.id].map(String)
    const about = async () =>
      (await core.audit.list(ada, { size: 200 })).items.filter(
        ({ target, erased }) => ids.includes(target.id) && erased?.includes('target.name'),
      )
    await unguardCertificates(database)
    await ask(database, `UPDATE request SET owner_id = '${zoe.id}' WHERE number = ${ids[0]}`)
    await ask(database, `UPDATE certificate SET owner_id = '${zoe.id}' WHERE id = '${ids[1]}'`)
    await ask(database, `UPDATE credential SET person = '${zoe.id}' WHERE id = '${ids[2]}'`)
    const { unvouched } = await core.erasing.erase(HOST, 'production', zoe.id)
    assert.deepEqual(
      unvouched.map(({ kind, id }) => [kind, id]),
      [
        ['certificate', ids[1]],
        ['request', ids[0]],
      ],
    )
    assert.deepEqual(await about(), [])
  })

  test('finds a stranger of whatever environment, whom the desk could not place', async () => {
    const { database, work } = await opened()
    const { core, ada, post } = await scene({ database, work })
    const { actor: root } = await firstAdministrator(core, 'test')
    const tom = await invited(core, root, 'auditor', { email: 'tom@desk.example' })
    await work.transaction(
      async ({ audit }) => void (await audit.append(shown('a stranger', 'Tom <tom@desk.example>'))),
    )
    const inHand = await kit(core, ada, post.id)
    const { request } = await submit(core, await machine(), inHand, { email: 'tom@desk.example' })
    await core.people.disable(root, tom.actor.id)
    const { unknown } = await core.erasing.erase(HOST, 'test', tom.actor.id, ['a stranger'])
    assert.deepEqual(unknown, [])
    const left = linesWith(await dump(database), 'tom@desk.example')
    assert.equal(left.filter((line) => !line.startsWith('request ')).length, 0)
    const { contact } = await core.requests.detail(ada, request.number)
    assert.equal(contact?.email, 'tom@desk.example', 'whom to reach in another environment')
  })

  test('finds what strangers called themselves where that is their mailbox, also after it was stopped; their name alone is a namesake’s too', async () => {
    const { database, work } = await opened()
    const { core, ada, zoe, signers, world } = await scene({ database, work })
    const claims = ['Zoe <zoe@DESK.example>', 'CN-less,emailAddress=zoe@desk.example', NAME, 'zoe@other.example']
    await work.transaction(async ({ audit }) => {
      for (const [index, one] of claims.entries()) await audit.append(shown(`stranger ${index}`, one))
    })
    await core.people.disable(ada, zoe.id)
    // Once the name is gone, and before the log is looked through.
    let isGone = false
    const dying: Work = {
      read: (run) => work.read(run),
      transaction: async (run, order) => {
        if (isGone) throw new Error('the process is gone')
        const done = await work.transaction(run, order)
        isGone = (await work.read(({ people }) => people.find({ environment: 'production' }, zoe.id)))?.name === ''
        return done
      },
    }
    await assert.rejects(coreOn(dying, signers, {}, world).erasing.erase(HOST, 'production', zoe.id), /process is gone/)
    assert.equal(isGone, true)
    await core.erasing.erase(HOST, 'production', zoe.id)
    const { items } = await core.audit.list(ada, { action: 'session.begun', size: 100 })
    const strangers = items.filter(({ target }) => target.id.startsWith('stranger'))
    const said = new Map(
      strangers.map(({ target, facts, actor, erased }) => [target.id, [facts.claims, actor.from, erased]]),
    )
    assert.deepEqual(
      [...said.keys()].sort().map((id) => said.get(id)),
      [
        [undefined, 'of stranger 0', ['facts.claims']],
        [undefined, 'of stranger 1', ['facts.claims']],
        [NAME, 'of stranger 2', undefined],
        ['zoe@other.example', 'of stranger 3', undefined],
      ],
    )
    await core.log.run()
    assert.equal((await verifyLog(entriesOf(work))).unproven, 0)
  })

  test('is gone on with after it was stopped anywhere, and comes to the same end', async () => {
    const { database, work } = await opened()
    const { core, ada, zoe, signers, world } = await scene({ database, work })
    await core.people.disable(ada, zoe.id)
    let stops = 0
    for (; ; stops++) {
      let left = stops
      const dying: Work = {
        read: (run) => work.read(run),
        transaction: (run, order) =>
          left-- > 0 ? work.transaction(run, order) : Promise.reject(new Error('the process is gone')),
      }
      const erased = coreOn(dying, signers, {}, world).erasing.erase(HOST, 'production', zoe.id)
      if (
        await erased.then(
          () => true,
          (error: Error) => assert.equal(error.message, 'the process is gone') ?? false,
        )
      )
        break
    }
    assert.ok(stops > 8, `${stops}`)
    const after = await dump(database)
    for (const text of OF_ZOE) assert.deepEqual(linesWith(after, text), [], text)
    const again = await core.erasing.erase(HOST, 'production', zoe.id)
    assert.deepEqual(again, { rows: 0, lines: 0, unknown: [], unvouched: [] })
    const { items } = await core.audit.list(ada, { action: 'person.erased' })
    assert.equal(items.length, 1)
    await core.log.run()
    assert.equal(await core.highWater.look(), undefined)
    await verifyLog(entriesOf(work))
  })
})
