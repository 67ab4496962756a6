import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import { DeskError } from '@scel/contract/errors'
import { pemEncode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { buildName, buildRequest, type Extension, makeExtension } from '@scel/pki/x509'
import {
  approve,
  csrOf,
  DAY,
  derOf,
  firstAdministrator,
  kit,
  type Machine,
  MINUTE,
  machine,
  organisation,
  refused,
  signedInAgain,
  submission,
  submit,
  WORKSTATION,
} from '../../../../test/rules-desk.ts'
import { rulesScene } from '../../../../test/rules-scene.ts'

async function scene(t: TestContext) {
  return { ...(await rulesScene(t)), pc: await machine() }
}

const codes = (findings: readonly { code: string }[]): string[] => findings.map((one) => one.code)

test('a new request of the same applicant takes the place of his pending one', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const first = await submit(core, pc, inHand)
  const second = await submit(core, pc, inHand, { commonName: WORKSTATION })
  assert.deepEqual(second.replaced, [first.request.number])
  const replaced = await core.requests.detail(admin, first.request.number)
  assert.equal(replaced.state, 'cancelled')
  assert.deepEqual(
    replaced.steps.map(({ kind, request }) => ({ kind, request })),
    [
      { kind: 'submitted', request: undefined },
      { kind: 'replaced', request: second.request.number },
    ],
  )
})

test('a request of another applicant for the same subject replaces nothing, and the conflict is seen', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const first = await submit(core, pc, inHand)
  const second = await submit(core, await machine(), inHand)
  assert.deepEqual(second.replaced, [])
  assert.ok(codes(second.findings).includes('subject_pending_elsewhere'))
  const detail = await core.requests.detail(admin, first.request.number)
  assert.deepEqual([detail.state, detail.conflicts, detail.conflicting], ['pending', 1, [second.request.number]])
})

test('each reason why a kit does not let ask has its own code', async (t) => {
  const { core, signed, admin, post, inHand, pc, later } = await scene(t)
  const asking = async (changed: Partial<typeof inHand>) => submit(core, pc, { ...inHand, ...changed })
  await assert.rejects(asking({ id: 'A'.repeat(22) }), refused('kit_unknown'))
  await assert.rejects(asking({ secret: 'A'.repeat(43) }), refused('kit_unknown'))
  await assert.rejects(asking({ rules: '0'.repeat(64) }), refused('kit_altered'))
  const once = await kit(core, admin, post.id, { uses: 1 })
  await submit(core, pc, once)
  await assert.rejects(submit(core, pc, once), refused('kit_used_up', { uses: 1 }))
  later(31 * DAY)
  await assert.rejects(submit(core, pc, inHand), refused('kit_expired'))
  const again = await signedInAgain(core, signed)
  const withdrawn = await kit(core, again, post.id)
  await core.kits.withdraw(again, withdrawn.id)
  await assert.rejects(submit(core, pc, withdrawn), refused('kit_withdrawn'))
})

test('a refused submission sent again and again is refused for its reason once, and leaves one line', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  for (const [code, asking, shown] of [
    ['csr_unreadable', { csr: 'not a csr' }, inHand],
    ['kit_altered', {}, { ...inHand, rules: '0'.repeat(64) }],
  ] as const) {
    const before = (await core.audit.list(admin, { action: 'request.submitted' })).items.length
    const actor = await pc.actor(core)
    const input = await submission(pc, shown, asking)
    const seen: unknown[] = []
    for (let time = 0; time < 6; time++) {
      await core.enrolment.submit(actor, input).catch((error: { code: string }) => seen.push(error.code))
    }
    const spent = 'applicant_nonce_spent'
    assert.deepEqual(seen, [code, spent, spent, spent, spent, spent])
    assert.equal((await core.audit.list(admin, { action: 'request.submitted' })).items.length, before + 1)
  }
  const [shown] = (await core.kits.list(admin, {})).items
  assert.deepEqual([shown?.uses.made, shown?.uses.refused], [0, 2])
})

test('one refused call sent twice at the same moment is refused for its reason once', async (t) => {
  const { core, inHand, pc } = await scene(t)
  const actor = await pc.actor(core)
  const input = await submission(pc, inHand, { csr: 'not a csr' })
  const all = await Promise.allSettled([1, 2, 3].map(() => core.enrolment.submit(actor, input)))
  const codes = all.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code).sort()
  assert.deepEqual(codes, ['applicant_nonce_spent', 'applicant_nonce_spent', 'csr_unreadable'])
})

test('a key that is refused over and over must wait, then the whole kit where they come from; what they wrote stays bounded', async (t) => {
  const { core, admin, inHand, later } = await scene(t)
  const lines = async () => {
    const query = { action: 'request.submitted', size: 200 }
    const first = await core.audit.list(admin, query)
    const rest = first.next === undefined ? undefined : await core.audit.list(admin, { ...query, after: first.next })
    return [...first.items, ...(rest?.items ?? [])].filter((one) => one.outcome === 'refused').length
  }
  const input = async (from: Machine) => submission(from, inHand, { csr: 'not a csr' })
  const ask = async (from: Machine) => core.enrolment.submit(await from.actor(core), await input(from))
  const pc = await machine()
  for (let time = 0; time < 20; time++) await assert.rejects(ask(pc), refused('csr_unreadable'))
  await assert.rejects(ask(pc), refused('too_many_requests'))
  const other = await machine()
  await submit(core, other, inHand) // one machine’s mistakes are not another’s
  for (let keys = 0; keys < 9; keys++) {
    const one = await machine()
    for (let time = 0; time < 20; time++) await assert.rejects(ask(one), refused('csr_unreadable'))
  }
  await assert.rejects(submit(core, other, inHand), refused('too_many_requests'))
  const elsewhere = { ...(await other.actor(core)), from: '198.51.100.9' }
  await core.enrolment.submit(elsewhere, await submission(other, inHand)) // nobody locks another place out
  for (let time = 0; time < 30; time++) await ask(await machine()).catch(() => {})
  const [kitNow] = (await core.kits.list(admin, {})).items
  assert.equal(kitNow?.uses.refused, 200)
  assert.equal(await lines(), 50, 'five of each key; the others are counted')
  later(11 * MINUTE)
  await submit(core, pc, inHand)
})

test('F2: a key that was refused while the clock was ahead need not wait until that time comes', async (t) => {
  const { core, inHand, pc, later, clockOff } = await scene(t)
  const wrong = await submission(pc, inHand, { csr: 'not a csr' })
  const ask = async () => core.enrolment.submit(await pc.actor(core), wrong)
  clockOff(20 * DAY)
  for (let time = 0; time < 20; time++) await assert.rejects(ask, refused('csr_unreadable'))
  clockOff(-20 * DAY)
  await assert.rejects(submit(core, pc, inHand), refused('too_many_requests', { seconds: 600 }))
  later(10 * MINUTE)
  await submit(core, pc, inHand)
})

test('two machines at once cannot both have the last use of a kit', async (t) => {
  const { core, admin, post } = await scene(t)
  const once = await kit(core, admin, post.id, { uses: 1 })
  const machines = [await machine(), await machine(), await machine()]
  const all = await Promise.allSettled(machines.map((one) => submit(core, one, once)))
  assert.equal(all.filter((one) => one.status === 'fulfilled').length, 1)
})

test('a kit withdrawn while its holder was asking lets nobody ask', async (t) => {
  const { core, admin, inHand, pc, beforeNextUnit } = await scene(t)
  const actor = await pc.actor(core)
  const input = await submission(pc, inHand)
  beforeNextUnit(() => core.kits.withdraw(admin, inHand.id))
  await assert.rejects(core.enrolment.submit(actor, input), refused('kit_withdrawn'))
  assert.equal((await core.requests.list(admin, {})).items.length, 0)
})

test('the subject is the kit’s; the request may repeat it, give place and name, and nothing else', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const cn = { type: 'commonName', value: WORKSTATION } as const
  const full = [
    { type: 'countryName', value: 'FR' },
    { type: 'stateOrProvinceName', value: 'Île-de-France' },
    { type: 'localityName', value: 'Paris' },
    { type: 'organizationName', value: 'France-LA POSTE' },
    { type: 'organizationalUnitName', value: 'J1CFRA' },
    { type: 'organizationalUnitName', value: 'Workstation' },
    cn,
  ] as const
  const { request } = await submit(core, pc, inHand, { subject: full })
  assert.equal(
    (await core.requests.detail(admin, request.number)).subject,
    `CN=${WORKSTATION},OU=Workstation,OU=J1CFRA,O=France-LA POSTE,L=Paris,ST=Île-de-France,C=FR`,
  )
  const no = (subject: Parameters<typeof csrOf>[1], code: string, facts = {}) =>
    assert.rejects(submit(core, pc, inHand, { subject }), refused(code, facts))
  const other = { attribute: 'O', expected: 'France-LA POSTE', found: 'Evil' }
  await no([{ type: 'organizationName', value: 'Evil' }, cn], 'subject_not_allowed', other)
  await no([{ type: 'countryName', value: 'DE' }, cn], 'subject_not_allowed', { attribute: 'C' })
  await no([{ type: 'organizationalUnitName', value: 'Server' }, cn], 'subject_not_allowed', { attribute: 'OU' })
  await no([{ type: 'title', value: 'Root' }, cn], 'subject_not_allowed', { attribute: 'title' })
  await no([cn, { type: 'commonName', value: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' }], 'subject_not_allowed')
  await no([{ type: 'localityName', value: 'Paris\nroot' }, cn], 'subject_not_allowed', { attribute: 'L' })
  await no([{ type: 'localityName', value: 'Paris' }], 'subject_not_allowed', { attribute: 'CN' })
  await no([{ type: 'commonName', value: 'my-pc' }], 'name_not_allowed', { rule: 'fingerprint' })
})

test('a server is named by full host names only, at most ten', async (t) => {
  const { core, admin, post, pc } = await scene(t)
  const servers = await kit(core, admin, post.id, { profile: 'server' })
  const ask = (commonName: string, names: Parameters<typeof makeExtension<'subjectAltName'>>[1] = []) =>
    submit(core, pc, servers, {
      commonName,
      extensions: names.length > 0 ? [makeExtension('subjectAltName', names)] : [],
    })
  const dns = (value: string) => ({ kind: 'dNSName', value }) as const
  for (const name of ['localhost', '*.post.example', 'a_b.post.example', '192.0.2.1', 'post.example.', '-a.example']) {
    await assert.rejects(ask(name), refused('name_not_allowed', { rule: 'host' }))
  }
  await assert.rejects(ask('a.example', [dns('*.a.example')]), refused('name_not_allowed', { rule: 'host' }))
  const address = { kind: 'iPAddress', value: '192.0.2.1' } as const
  await assert.rejects(ask('a.example', [address]), refused('name_not_allowed', { rule: 'type' }))
  const eleven = Array.from({ length: 11 }, (_, i) => dns(`n${i}.a.example`))
  await assert.rejects(ask('a.example', eleven), refused('name_not_allowed', { rule: 'count' }))
  const { request, findings } = await ask('WWW.a.example', [dns('b.example')])
  assert.equal(request.commonName, 'www.a.example')
  assert.ok(codes(findings).includes('common_name_added_to_names'))
})

test('wishes beyond the profile are findings, and the certificate has none of them', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const extensions: Extension[] = [
    makeExtension('basicConstraints', { ca: true }),
    makeExtension('keyUsage', ['digitalSignature', 'keyCertSign']),
    makeExtension('extendedKeyUsage', ['clientAuth', 'serverAuth']),
    makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'bank.example' }]),
  ]
  const { request, findings } = await submit(core, pc, inHand, { extensions })
  const notGranted = findings.filter((one) => one.code === 'usage_not_granted').map((one) => one.facts.usage)
  assert.deepEqual(notGranted, ['CA', 'keyCertSign', 'serverAuth'])
  assert.ok(findings.some((one) => one.code === 'name_not_granted' && one.facts.name === 'bank.example'))
  const approved = await approve(core, admin, request.number)
  const { usages, extendedUsages, names } = await core.certificates.detail(admin, approved.certificate!.id)
  assert.deepEqual(
    { usages, extendedUsages, names },
    { usages: ['digitalSignature'], extendedUsages: ['clientAuth'], names: [] },
  )
})

test('an RSA workstation gets the usages that the kit says', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const { request } = await submit(core, pc, inHand, { key: await generateKeyPair('rsa-2048') })
  const approved = await approve(core, admin, request.number)
  const { usages } = await core.certificates.detail(admin, approved.certificate!.id)
  assert.deepEqual(usages, ['digitalSignature', 'keyEncipherment', 'dataEncipherment'])
})

test('each bad request has its own code', async (t) => {
  const { core, inHand, pc } = await scene(t)
  const key = await generateKeyPair('ec-p256')
  const good = derOf(await csrOf(key, [{ type: 'commonName', value: WORKSTATION }], [], pc.thumbprint))
  const ask = (csr: string) => submit(core, pc, inHand, { csr })
  const pem = (der: Uint8Array) => pemEncode('CERTIFICATE REQUEST', der)
  const flipped = good.slice()
  flipped[flipped.length - 3]! ^= 1
  await assert.rejects(ask(pem(flipped)), refused('csr_signature_invalid'))
  await assert.rejects(ask('not PEM at all'), refused('csr_unreadable'))
  await assert.rejects(ask(pemEncode('CERTIFICATE', good)), refused('csr_unreadable'))
  await assert.rejects(ask(pem(good) + pem(good)), refused('csr_unreadable'))
  await assert.rejects(ask(pem(good.subarray(0, good.length - 9))), refused('csr_unreadable'))
  await assert.rejects(ask(pem(nested(20_000))), refused('csr_unreadable'))
  await assert.rejects(
    submit(core, pc, inHand, { key: await generateKeyPair('ec-p384') }),
    refused('csr_key_not_allowed', { key: 'ec-p384' }),
  )
  await assert.rejects(submit(core, pc, inHand, { key: pc.key }), refused('csr_key_weak', { what: 'applicant key' }))
  const stranger = await machine()
  await assert.rejects(submit(core, pc, inHand, { bound: stranger.thumbprint }), refused('csr_applicant_mismatch'))
  const attributes = [{ oid: APPLICANT_THUMBPRINT_OID, valueDer: Uint8Array.of(0x02, 0x01, 0x07) }]
  const subject = buildName([{ type: 'commonName', value: WORKSTATION }])
  const numbered = await buildRequest({ subject, key: key.privateKey, extensions: [], attributes })
  await assert.rejects(ask(pem(numbered)), refused('csr_applicant_mismatch'))
})

test('a request made elsewhere names no applicant: the signed submission binds it, and a finding says so', async (t) => {
  const { core, inHand, pc } = await scene(t)
  const csr = await csrOf(await generateKeyPair('ec-p256'), [{ type: 'commonName', value: WORKSTATION }])
  assert.ok(codes((await submit(core, pc, inHand, { csr })).findings).includes('applicant_not_bound'))
})

test('a key certified for one subject serves no other, and no other applicant', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const key = await generateKeyPair('ec-p256')
  const { request } = await submit(core, pc, inHand, { key })
  await approve(core, admin, request.number)
  const other = { key, commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' }
  await assert.rejects(submit(core, pc, inHand, other), refused('csr_key_in_use'))
  await assert.rejects(submit(core, await machine(), inHand, { key }), refused('csr_key_in_use'))
  const again = await submit(core, pc, inHand, { key })
  assert.ok(codes(again.findings).includes('key_seen_before'))
  assert.ok(codes(again.findings).includes('subject_certified'))
})

test('two applicants come with one key at once, and a kit that decides by itself: it is certified for one of them', async (t) => {
  const { core, admin, post } = await scene(t)
  const standing = await kit(core, admin, post.id, { standingApproval: true })
  const key = await generateKeyPair('ec-p256')
  const asking = [WORKSTATION, 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb'].map(async (commonName) =>
    submit(core, await machine(), standing, { key, commonName }),
  )
  const all = await Promise.allSettled(asking)
  assert.deepEqual(all.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.ok(refused('csr_key_in_use')(all.find((one) => one.status === 'rejected')?.reason))
})

test('a key that another applicant asked with before is a warning, one’s own a notice', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const key = await generateKeyPair('ec-p256')
  await submit(core, pc, inHand, { key })
  const levelOf = async (by: typeof pc) => {
    const { request } = await submit(core, by, inHand, { key, hostName: 'pc-14' })
    const { findings } = await core.requests.detail(admin, request.number)
    return findings.find(({ code }) => code === 'key_seen_before')?.level
  }
  assert.equal(await levelOf(pc), 'notice')
  assert.equal(await levelOf(await machine()), 'warning')
})

test('a refused submission leaves nothing but its line in the log', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  await assert.rejects(submit(core, pc, inHand, { commonName: 'my-pc' }))
  assert.equal((await core.requests.list(admin, {})).items.length, 0)
  assert.equal((await core.kits.list(admin, {})).items[0]!.uses.made, 0)
  const [event] = (await core.audit.list(admin, { action: 'request.submitted' })).items
  assert.deepEqual([event?.outcome, event?.facts.code], ['refused', 'name_not_allowed'])
})

test('whoever may not ask at all is told that, and nothing of what else is wrong with their request', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const wrong = () => submit(core, pc, inHand, { commonName: 'my-pc' })
  await submit(core, pc, inHand)
  await core.blocks.block(admin, pc.thumbprint, 'stolen')
  await assert.rejects(wrong(), refused('applicant_blocked'))
  await core.kits.withdraw(admin, inHand.id)
  await assert.rejects(wrong(), refused('kit_withdrawn'))
})

test('a fault of the desk is told as what it is, and is nobody’s refusal', async (t) => {
  const { core, admin, inHand, pc, beforeNextUnit } = await scene(t)
  beforeNextUnit(() => Promise.reject(new DeskError('storage_full', {})))
  await assert.rejects(submit(core, pc, inHand), refused('storage_full'))
  const { items } = await core.audit.list(admin, { action: 'request.submitted' })
  assert.deepEqual(
    items.filter(({ actor }) => actor.kind === 'applicant'),
    [],
  )
  assert.equal((await submit(core, pc, inHand)).request.state, 'pending')
})

test('that a subject has a certificate is told until its last moment, and not of one that a newer one superseded', async (t) => {
  const { core, signed, admin, post, inHand, pc, now, later } = await scene(t)
  const told = async (by = admin, kitInHand = inHand) => {
    const { number } = (await submit(core, pc, kitInHand)).request
    const { findings } = await core.requests.detail(by, number)
    const serials = findings.filter(({ code }) => code === 'subject_certified').map(({ facts }) => facts.serial)
    return { number, serials }
  }
  const issued = async () => {
    const { number, serials } = await told()
    const { id, serial } = (await approve(core, admin, number)).certificate!
    await core.enrolment.confirmOwn(await pc.actor(core), 'production', number, { how: 'installed', serial })
    return { id, serial, serials }
  }
  const first = await issued()
  const second = await issued()
  assert.deepEqual([first.serials, second.serials], [[], [first.serial]])
  assert.deepEqual((await told()).serials, [second.serial], 'the first one is superseded')
  const { notAfter } = await core.certificates.detail(admin, second.id)
  later(Date.parse(notAfter) - now().getTime())
  const actor = await signedInAgain(core, signed)
  const another = await kit(core, actor, post.id)
  assert.deepEqual((await told(actor, another)).serials, [second.serial])
  later(1)
  const { findings } = await submit(core, pc, another, { hostName: 'pc-13' })
  assert.ok(!codes(findings).includes('subject_certified'))
})

test('a submission sent twice counts once', async (t) => {
  const { core, admin, inHand, pc } = await scene(t)
  const actor = await pc.actor(core)
  const input = await submission(pc, inHand)
  await core.enrolment.submit(actor, input)
  await assert.rejects(core.enrolment.submit(actor, input), refused('applicant_nonce_spent'))
  assert.equal((await core.requests.list(admin, {})).items.length, 1)
})

/** SEQUENCEs inside each other: what killed parsers that recurse (node-forge CVE-2025-66031). */
function nested(depth: number): Uint8Array {
  let der = new Uint8Array(0)
  for (let i = 0; i < depth && der.length < 60_000; i++) {
    const length = der.length < 128 ? [der.length] : [0x82, der.length >> 8, der.length & 0xff]
    const header = der.length >= 128 && der.length < 256 ? [0x81, der.length] : length
    der = Uint8Array.of(0x30, ...header, ...der)
  }
  return der
}

test('the answer to a submission is what is found in the list afterwards', async (t) => {
  const { core, admin, post, inHand, pc, reports } = await scene(t)
  const standing = await kit(core, admin, post.id, { standingApproval: true })
  const asked = [
    await submit(core, pc, inHand),
    await submit(core, await machine(), inHand),
    await submit(core, await machine(), standing),
    await submit(core, await machine(), standing, { commonName: `ws-${'b'.repeat(26)}` }),
  ]
  const states = asked.map(({ request }) => [request.state, request.conflicts, request.certificate !== undefined])
  assert.deepEqual(states, [
    ['pending', 0, false],
    ['pending', 1, false],
    ['pending', 2, false],
    ['approved', 0, true],
  ])
  const { items } = await core.requests.list(admin, {})
  const found = (number: number) => items.find((one) => one.number === number)
  for (const { request } of asked.slice(2)) assert.deepEqual(request, found(request.number))
  assert.deepEqual(reports, [], 'what waits is not signed, and nothing is told of it')
})

test('whoever tries kits that nobody made is in the log, a few times and then as a count', async (t) => {
  const { core, admin, inHand, later } = await scene(t)
  for (let i = 0; i < 30; i++) {
    const guessed =
      i % 2 === 0
        ? { ...inHand, id: `Guess_number_${String(i).padStart(9, '0')}` }
        : { ...inHand, secret: 'A'.repeat(43) }
    await assert.rejects(submit(core, await machine(), guessed), refused('kit_unknown'))
  }
  later(MINUTE)
  await core.refusals.summarise()
  const all = (await core.audit.list(admin, { action: 'request.submitted' })).items
  const items = all.filter(({ facts }) => facts.profile === undefined) // those of the desk and its people have one
  assert.equal(items.length, 6)
  assert.ok(items.every(({ outcome, facts }) => outcome === 'refused' && facts.code === 'kit_unknown'))
  assert.equal(items[0]?.facts.count, 25)
  assert.ok(!JSON.stringify(items).includes('Guess'), 'an id that names nothing is not repeated')
})

test('the warning “asked to be an authority” cannot be pushed out of the list (L5)', async (t) => {
  const { core, inHand, pc } = await scene(t)
  const purposes = Array.from({ length: 40 }, (_, n) => `1.3.6.1.4.1.99999.${n}`)
  const extensions = [makeExtension('extendedKeyUsage', purposes), makeExtension('basicConstraints', { ca: true })]
  const { findings } = await submit(core, pc, inHand, { extensions })
  const wishes = findings.filter(({ code }) => code === 'usage_not_granted')
  assert.deepEqual([wishes.length, wishes[0]?.facts.usage, wishes[0]?.level], [10, 'CA', 'warning'])
  assert.equal(findings.find(({ code }) => code === 'more_findings')?.facts.count, 31)
})

test('a key that test knows as compromised is refused in production (L4)', async (t) => {
  const { core, inHand, pc } = await scene(t)
  const { actor: tester } = await firstAdministrator(core, 'test')
  const trial = await kit(core, tester, (await organisation(core, tester)).id)
  const key = await generateKeyPair('ec-p256')
  const { request } = await submit(core, pc, trial, { key })
  const { certificate } = await approve(core, tester, request.number)
  await core.certificates.revoke(tester, certificate!.id, 'keyCompromise')
  await assert.rejects(submit(core, pc, inHand, { key }), refused('csr_key_revoked'))
})

test('what could not be issued is refused when it is asked for, whatever the kit (L6)', async (t) => {
  const { core, inHand, pc } = await scene(t)
  for (const type of ['stateOrProvinceName', 'localityName'] as const) {
    for (const value of [' ', '\u200b', 'Seine\u200fMaritime', 'a\u0301\u0301\u0301\u0301', '\u202eabc']) {
      const subject = [
        { type, value },
        { type: 'commonName', value: WORKSTATION },
      ] as const
      await assert.rejects(submit(core, pc, inHand, { subject }), refused('subject_not_allowed'), JSON.stringify(value))
    }
  }
})
