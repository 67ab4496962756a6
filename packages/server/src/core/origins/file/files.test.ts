import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { KeyPair } from '@scel/pki/crypto'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerLink,
  approve,
  csrOf,
  firstAdministrator,
  invited,
  kit,
  machine,
  NAMES,
  organisation,
  refused,
  rulesDeskOn,
  signedInAgain,
  submit,
  WORKSTATION,
} from '../../../../test/rules-desk.ts'
import { ask } from '../../../store/testing/ask.ts'
import { openSample } from '../../../store/testing/sample-work.ts'
import type { PersonActor } from '../../actor.ts'
import type { CoreConfig } from '../../config.ts'
import type { FileInput } from './files.ts'

const HOST = 'www.post.example'
const MACHINE = {
  ...{ hostName: HOST, macAddresses: ['02:00:00:00:00:77'], processor: '', processorId: 'BFEBFBFF000A0653' },
  ...{ operatingSystem: 'Debian', operatingSystemVersion: '13', architecture: 'x64' },
}

eachRulesDatabase('a file that was made elsewhere', ({ prepared }) => {
  async function scene(t: TestContext, config: Partial<CoreConfig> = {}) {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const desk = await rulesDeskOn(work, config)
    const { core } = desk
    const signed = await firstAdministrator(core)
    const ada = signed.actor
    const bea = (await invited(core, ada, 'administrator', { email: 'bea@desk.example' })).actor
    const post = await organisation(core, ada)
    const manager = (await invited(core, ada, 'manager', { organisation: post.id })).actor
    const input = async (change: Partial<FileInput> = {}, commonName = HOST, key?: KeyPair): Promise<FileInput> => ({
      organisation: post.id,
      profile: 'server',
      csr: await csrOf(key ?? (await generateKeyPair('ec-p256')), [{ type: 'commonName', value: commonName }]),
      machine: MACHINE,
      contact: { telephone: '+33 1 23 45 67 89', description: 'the front of the shop' },
      ...change,
    })
    return {
      ...{ ...desk, signed, ada, bea, manager, post, input },
      sql: (text: string) => ask(database, text),
      handIn: async (by: PersonActor, change: Partial<FileInput> = {}, commonName?: string, key?: KeyPair) =>
        core.files.handIn(by, await input(change, commonName, key)),
      lines: async () => (await core.audit.list(ada, { size: 200 })).items.toReversed(),
    }
  }

  test('is handed in by one, decided by another, and downloaded as certificate and chain', async (t) => {
    const { core, ada, bea, post, handIn, lines } = await scene(t)
    const { request, findings, replaced } = await handIn(ada)
    assert.deepEqual([request.state, request.commonName, request.store, replaced], ['pending', HOST, undefined, []])
    assert.deepEqual(
      findings.map(({ code }) => code),
      [
        ...['possession_proved', 'key_allowed', 'applicant_not_bound', 'common_name_added_to_names', 'usage_added'],
        'key_new',
      ],
    )
    const { number } = request
    const seen = await core.requests.detail(bea, number)
    assert.deepEqual(seen.origin, { kind: 'file', id: ada.id, name: ada.name })
    assert.deepEqual([seen.applicant, seen.contact?.email, seen.machine], [undefined, ada.email, MACHINE])

    await assert.rejects(core.files.download(ada, number), refused('certificate_not_ready', { state: 'pending' }))
    await assert.rejects(approve(core, ada, number), refused('own_request', { request: number }))
    await assert.rejects(core.requests.reject(ada, number, 'no'), refused('own_request'))
    const { certificate } = await approve(core, bea, number)
    const issued = await core.certificates.detail(bea, certificate!.id)
    assert.deepEqual([issued.names, issued.organisation?.id, issued.request], [[HOST], post.id, number])

    const first = await core.files.download(ada, number)
    assert.equal(first.certificate, issued.pem)
    assert.deepEqual([first.request.state, first.request.downloadedBy], ['downloaded', ada.email])
    assert.equal(first.chain.length, 2)
    assert.equal(first.notAfter, issued.notAfter)
    const again = await core.files.download(bea, number)
    assert.deepEqual(again, first)
    const { steps } = await core.requests.detail(bea, number)
    assert.deepEqual(
      steps.map(({ kind, actor }) => [kind, actor.name]),
      [
        ['submitted', ada.name],
        ['approved', bea.name],
        ['issued', 'issuance'],
        ['downloaded', ada.name],
      ],
    )
    const told = (await lines()).filter(
      ({ action, actor }) => actor.kind === 'person' && /^request\.(submitted|downloaded)$/.test(action),
    )
    assert.deepEqual(
      told.map(({ action, outcome, facts }) => [action, outcome, facts.profile ?? facts.code]),
      [
        ['request.submitted', 'done', 'server'],
        ['request.downloaded', 'refused', 'certificate_not_ready'],
        ['request.downloaded', 'done', undefined],
      ],
    )
  })

  test('sent again it is the one that waits; another one for the same host takes its place, and so does a colleague’s with the same key', async (t) => {
    const { core, ada, bea, input, handIn } = await scene(t)
    const same = await input()
    const { request } = await core.files.handIn(ada, same)
    assert.deepEqual((await core.files.handIn(ada, same)).request, request)
    const key = await generateKeyPair('ec-p256')
    const second = await handIn(ada, {}, HOST, key)
    assert.deepEqual(second.replaced, [request.number])
    assert.equal((await core.requests.detail(bea, request.number)).state, 'cancelled')
    assert.deepEqual((await handIn(bea, {}, HOST, key)).replaced, [second.request.number])
  })

  test('with another key it takes no colleague’s place: both wait, each shows the other, and whoever decides the second knows of the first', async (t) => {
    const { core, ada, bea, handIn } = await scene(t)
    const asAdministrator = { name: 'Carl', email: 'carl@desk.example', role: 'administrator' } as const
    const { person, token } = await core.people.invite(ada, asAdministrator)
    await answerLink(core, bea, person.id)
    const carl = (await acceptInvitation(core, token)).actor
    const first = (await handIn(bea)).request.number
    const handed = await handIn(ada)
    const second = handed.request.number
    const warned = handed.findings.find(({ code }) => code === 'subject_pending_elsewhere')
    assert.deepEqual([handed.replaced, warned?.level, warned?.facts.request], [[], 'warning', first])
    assert.equal(handed.request.conflicts, 1)
    const shown = await core.requests.detail(carl, second)
    assert.deepEqual([shown.conflicting, (await core.requests.detail(carl, first)).conflicting], [[first], [second]])
    assert.equal((await core.requests.detail(bea, first)).state, 'pending')

    // Each is its own asker's: another one of Bea’s takes the place of hers alone.
    const third = await handIn(bea)
    assert.deepEqual(third.replaced, [first])
    assert.equal((await approve(core, carl, third.request.number)).state, 'approved')
    const since = refused('names_certified_since', { request: second, names: HOST })
    await assert.rejects(core.requests.approve(carl, second, shown.mark), since)
    const { findings } = await core.requests.detail(carl, second)
    const told = findings.find(({ code }) => code === 'name_pending_elsewhere')
    assert.deepEqual(
      [told?.level, told?.facts.request, told?.facts.state],
      ['warning', third.request.number, 'approved'],
    )
    assert.equal((await approve(core, carl, second)).state, 'approved')
  })

  test('it is the organisation’s: a colleague renews it with the key that it has, and nobody else has a certificate for that key', async (t) => {
    const { core, ada, bea, input, post } = await scene(t)
    const key = await generateKeyPair('ec-p256')
    const first = await core.files.handIn(ada, await input({}, HOST, key))
    await approve(core, bea, first.request.number)
    const renewed = await core.files.handIn(bea, await input({}, HOST, key))
    const codes = renewed.findings.map(({ code }) => code)
    assert.ok(codes.includes('subject_certified') && !codes.includes('name_certified_elsewhere'), codes.join())
    assert.equal((await approve(core, ada, renewed.request.number)).state, 'approved')
    const inUse = refused('csr_key_in_use')
    await assert.rejects(core.files.handIn(ada, await input({}, 'other.post.example', key)), inUse)
    const bank = await core.organisations.create(ada, {
      code: 'BANK',
      name: 'Bank',
      country: 'FR',
      nameSuffixes: NAMES,
    })
    await assert.rejects(core.files.handIn(ada, await input({ organisation: bank.id }, HOST, key)), inUse)
    const servers = await kit(core, ada, post.id, { profile: 'server' })
    await assert.rejects(submit(core, await machine(), servers, { key, commonName: HOST }), inUse)
  })

  test('what the profile, the organisation or the right does not give is refused before anything waits', async (t) => {
    const { core, ada, manager, input, handIn } = await scene(t)
    const auditor = (await invited(core, ada, 'auditor')).actor
    const { thumbprint, key } = await machine()
    const ofApplicant = await csrOf(
      await generateKeyPair('ec-p256'),
      [{ type: 'commonName', value: HOST }],
      [],
      thumbprint,
    )
    const p521 = await generateKeyPair('ec-p521')
    await assert.rejects(handIn(auditor), refused('not_allowed', { right: 'ask_by_file' }))
    await assert.rejects(handIn(manager), refused('not_found', { what: 'profile' }))
    await assert.rejects(handIn(ada, { organisation: 'A'.repeat(22) }), refused('not_found', { what: 'organisation' }))
    await assert.rejects(handIn(ada, { profile: 'nothing' }), refused('profile_unknown'))
    await assert.rejects(handIn(ada, { profile: 'ocsp-responder' }), refused('profile_not_for_origin'))
    await assert.rejects(handIn(ada, { profile: 'person' }), refused('profile_not_for_origin'))
    await assert.rejects(handIn(ada, { csr: ofApplicant }), refused('csr_applicant_mismatch'))
    await assert.rejects(handIn(ada, {}, HOST, p521), refused('csr_key_not_allowed', { key: 'ec-p521' }))
    await assert.rejects(handIn(ada, {}, 'www.bank.example'), refused('name_outside_organisation'))
    await assert.rejects(handIn(ada, {}, 'not a host'), refused('name_not_allowed'))
    await assert.rejects(handIn(ada, { csr: 'no file' }), refused('csr_unreadable'))
    assert.deepEqual((await core.requests.list(ada, {})).items, [])
    const own = await core.files.handIn(manager, await input({ profile: 'workstation' }, WORKSTATION, key))
    await assert.rejects(approve(core, manager, own.request.number), refused('own_request'))
    assert.equal((await approve(core, ada, own.request.number)).state, 'approved')
  })

  test('a copy of a request that waits with a kit is not approved, and neither is that one', async (t) => {
    const { core, ada, bea, post, input } = await scene(t)
    const handedIn = await input()
    const servers = await kit(core, ada, post.id, { profile: 'server' })
    const copied = await submit(core, await machine(), servers, { csr: handedIn.csr })
    const { request } = await core.files.handIn(ada, handedIn)
    for (const number of [request.number, copied.request.number]) {
      await assert.rejects(approve(core, bea, number), refused('request_key_contested', { request: number }))
    }
  })

  test('whoever asked with a kit fetches it themselves', async (t) => {
    const { core, ada, post } = await scene(t)
    const { request } = await submit(core, await machine(), await kit(core, ada, post.id))
    await approve(core, ada, request.number)
    const { number } = request
    await assert.rejects(core.files.download(ada, number), refused('request_by_applicant', { request: number }))
    assert.equal((await core.requests.detail(ada, number)).state, 'approved')
  })

  test('its request ends with its certificate; a compromise marks key and machine, and not the whole organisation', async (t) => {
    const { core, ada, bea, handIn } = await scene(t)
    const { request } = await handIn(ada)
    const { certificate } = await approve(core, bea, request.number)
    await core.certificates.revoke(bea, certificate!.id, 'keyCompromise')
    await assert.rejects(
      core.files.download(ada, request.number),
      refused('certificate_not_ready', { state: 'revoked' }),
    )
    const marks = async (macAddresses: string[]) => {
      const { findings } = await handIn(ada, { machine: { ...MACHINE, macAddresses } }, 'api.post.example')
      return findings.filter(({ code }) => code === 'compromised_before').map(({ facts }) => facts.what)
    }
    assert.deepEqual(await marks(['02:00:00:00:00:78']), [])
    assert.deepEqual(await marks(MACHINE.macAddresses), ['address'])
  })

  test('one person has so many that wait, and replaces so many in an hour', async (t) => {
    const { core, signed, ada, bea, handIn, later } = await scene(t, { pendingPerKit: 2 })
    await handIn(ada, {}, 'a.post.example')
    await handIn(ada, {}, 'b.post.example')
    await assert.rejects(handIn(ada, {}, 'c.post.example'), refused('pending_too_many', { of: 'person', most: 2 }))
    await handIn(bea, {}, 'c.post.example')
    for (let replaced = 0; replaced < 60; replaced++) await handIn(ada, {}, 'a.post.example')
    await assert.rejects(handIn(ada, {}, 'a.post.example'), refused('submissions_too_many', { of: 'person', hours: 1 }))
    later(60 * 60_000)
    await handIn(await signedInAgain(core, signed), {}, 'a.post.example')
  })

  test('a row that this desk did not write is shown as such, and nothing is signed for it', async (t) => {
    const { core, ada, bea, post, forged, handIn, sql } = await scene(t)
    const bank = await organisation(core, ada, 'BANK', 'Bank')
    const plants = [
      `organisation = '${bank.id}'`,
      'organisation = NULL',
      'contact = NULL',
      'machine = NULL',
      `organisation = '${bank.id}', owner_id = '${bank.id}'`,
      `profile = 'workstation'`,
      `origin_id = '${bea.id}'`,
      `origin_id = 'somebody', origin_name = 'Somebody', contact = '{"email":"somebody@desk.example"}'`,
      `owner_kind = 'applicant'`,
      `owner_kind = 'nothing'`,
      `read_under = NULL`,
      `store = 'machine'`,
    ]
    for (const set of plants) {
      const { number } = (await handIn(ada)).request
      await sql(`UPDATE request SET ${set} WHERE number = ${number}`)
      for (const who of [ada, bea]) {
        const { mark, may } = await core.requests.detail(who, number)
        assert.equal(may.approve, false, set)
        await assert.rejects(core.requests.approve(who, number, mark), (error: { code?: string }) =>
          ['request_row_altered', 'own_request'].includes(error.code ?? ''),
        )
      }
      assert.deepEqual(await sql(`SELECT id FROM certificate WHERE request = ${number}`), [], set)
      assert.ok(forged.includes(`request ${number}`), `${set}: the operator is told`)
      await sql(`UPDATE request SET state = 'cancelled' WHERE number = ${number}`)
    }
    const asked = (await submit(core, await machine(), await kit(core, ada, post.id))).request.number
    for (const kind of ['file', 'invitation', 'desk', 'nothing']) {
      await sql(`UPDATE request SET origin_kind = '${kind}' WHERE number = ${asked}`)
      await assert.rejects(approve(core, bea, asked), refused('request_row_altered', { request: asked }), kind)
    }
    const { number } = (await handIn(ada)).request
    await sql(`UPDATE request SET contact = '{"email":"somebody@desk.example"}' WHERE number = ${number}`)
    await assert.rejects(approve(core, ada, number), refused('own_request', { request: number }))
  })
})
