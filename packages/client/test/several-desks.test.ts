// A user of two desks: none of them speaks for the people, or the time, of the other, and each can be named.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { listRecipientsAsApplicant } from '@scel/contract/routes'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair } from '@scel/pki/crypto'
import { fingerprint, parseCertificate } from '@scel/pki/x509'
import { DeskClient } from '../src/enrol/desk-client.ts'
import { applicantKey } from '../src/state/applicant-key.ts'
import { changeDeskRecord, readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type HostileDesk, openHostileDesk } from './hostile-desk.ts'
import { openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const EMAIL = ['--email', 'poste12@example.org']
const DIRECTOR = 'director@example.org'
const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const codeOf = ({ out }: Ran): unknown => JSON.parse(out).error?.code
const pathsOf = (home: string) => makePaths({ env: {}, platform: 'linux', home }, {})

/** A machine that has its certificate from an honest desk, and a request at another one. */
async function both(t: TestContext) {
  const at = await openOffice()
  t.after(() => at.close())
  const { path } = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', path, ...EMAIL], at.home))
  ok(await scel(['get'], at.home))
  const hostile = await openHostileDesk(t)
  hostile.answers.submit = () => ({ request: hostile.request(7, 'pending'), findings: [], replaced: [] })
  ok(await scel(['enrol', '--kit', hostile.write(at.home), ...EMAIL], at.home))
  const file = join(at.home, 'order.txt')
  writeFileSync(file, 'pay\n')
  const host = (url: string): string => new URL(url).host
  return {
    at,
    hostile,
    file,
    home: at.home,
    honestHost: host(at.desk.services.portal),
    hostileHost: host(hostile.word.services.portal),
    run: (...argv: string[]): Promise<Ran> => scel(argv, at.home),
  }
}

/** A signer whom a desk certified under an address that the other one knows. */
async function thief(hostile: HostileDesk, home: string): Promise<{ signer: string; print: string }> {
  const { publicKey, privateKey } = await generateKeyPair('ec-p256')
  const wish = { subject: 'CN=Dora Director', email: DIRECTOR, usages: ['emailProtection'] }
  const certificate = await hostile.certify(publicKey, wish)
  const signer = join(home, 'thief.pem')
  writeFileSync(signer, certificate + pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)))
  return { signer, print: await fingerprint(parseCertificate(pemDecode(certificate)[0]!.der).der) }
}

test('a second desk’s root vouches for nobody of whom only the address is asked', async (t) => {
  const { hostile, file, home, run, honestHost, hostileHost } = await both(t)
  const { signer, print } = await thief(hostile, home)
  ok(await run('sign', file, '--as', signer))
  const verify = (...more: string[]): Promise<Ran> =>
    run('verify-signature', `${file}.p7m`, '--without-revocation', ...more)
  const asked = await verify('--email', DIRECTOR, '--json')
  assert.deepEqual([asked.exit, codeOf(asked)], [2, 'desk_needed'], asked.out)
  const { facts, message } = JSON.parse(asked.out).error
  assert.equal(facts.desks, [`${hostileHost} "Desk B"`, `${honestHost} "Scel"`].sort().join(' · '))
  assert.ok(message.includes(DIRECTOR))
  const french = await verify('--email', DIRECTOR, '--lang', 'fr')
  assert.match(french.err, /rien ne dit lequel de vos services parle pour director@example\.org\u00a0: localhost:\d+ "/)
  // One desk that is named is believed about its people, and the verdict says which.
  const honest = await verify('--email', DIRECTOR, '--desk', honestHost)
  assert.deepEqual([honest.exit, /✗ chain/.test(honest.out)], [1, true], honest.out)
  for (const word of ['Desk B', hostileHost, `https://${hostileHost}/`]) {
    const named = ok(await verify('--email', DIRECTOR, '--desk', word))
    assert.match(named.out, new RegExp(`vouched by +${hostileHost} "Desk B", under CN=Root of B`))
    assert.match(named.err, new RegExp(`trusted \\(production\\): ${hostileHost} "Desk B", under CN=Root of B`))
  }
  // Whose certificate is meant needs no desk, nor does who takes anyone's; both are told whose word it is.
  for (const question of [['--fingerprint', print], ['--fingerprint', print, '--email', DIRECTOR], ['--anyone']]) {
    const { out } = ok(await verify(...question, '--json'))
    const [{ vouchedBy }] = JSON.parse(out).signatures
    const root = parseCertificate(pemDecode(hostile.roots.environment)[0]!.der)
    assert.deepEqual(vouchedBy, [
      {
        ...{ desk: 'Desk B', host: hostileHost, environment: 'production' },
        root: { subject: 'CN=Root of B', fingerprint: await fingerprint(root.der) },
      },
    ])
    const text = ok(await verify(...question, '--lang', 'fr'))
    assert.match(text.out, new RegExp(`garant +${hostileHost} "Desk B", sous CN=Root of B`))
  }
  const root = join(home, 'root.pem')
  writeFileSync(root, hostile.roots.environment)
  const { out } = ok(await verify('--email', DIRECTOR, '--anchor', root, '--json'))
  assert.equal(JSON.parse(out).signatures[0].vouchedBy, undefined, 'a file is nobody’s word but the user’s')
  assert.equal(codeOf(await verify('--anyone', '--anchor', root, '--desk', 'Desk B', '--json')), 'options_exclude')
  assert.equal(codeOf(await verify('--anyone', '--desk', 'Desk C', '--json')), 'desk_unknown')
  assert.equal(codeOf(await verify('--anyone', '--desk', 'Scel', '--environment', 'test', '--json')), 'desk_elsewhere')
})

test('what is opened with its signature is judged by one desk, as the signature alone is', async (t) => {
  const { hostile, file, home, run, honestHost } = await both(t)
  const { signer } = await thief(hostile, home)
  const key = join(home, 'reader.pem')
  const { publicKey, privateKey } = await generateKeyPair('ec-p256')
  const own = await hostile.certify(publicKey, { subject: 'CN=Reader', usages: ['emailProtection'] })
  writeFileSync(key, own + pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)))
  ok(await run('seal', file, '--to', key, '--sign', signer))
  const out = join(home, 'opened.txt')
  const open = (...more: string[]): Promise<Ran> =>
    run(
      ...['open', `${file}.p7m.p7m`, '--key', key, '--signed', '--email', DIRECTOR, '--without-revocation'],
      ...['-o', out, '--force', ...more, '--json'],
    )
  assert.deepEqual([(await open()).exit, codeOf(await open())], [2, 'desk_needed'])
  assert.equal((await open('--desk', honestHost)).exit, 1)
  assert.equal(JSON.parse(ok(await open('--desk', 'Desk B')).out).signatures[0].vouchedBy[0].desk, 'Desk B')
})

test('the time of one desk does not count for what another one vouches for', async (t) => {
  const { hostile, file, home, run, honestHost, at } = await both(t)
  const unnamed = await run('timestamp', file, '--json')
  assert.deepEqual([unnamed.exit, codeOf(unnamed)], [2, 'desk_needed'])
  ok(await run('timestamp', file, '--desk', honestHost))
  const stamp = (...more: string[]): Promise<Ran> =>
    run('verify-signature', `${file}.tst`, '--without-revocation', ...more)
  const open = await stamp('--json')
  assert.deepEqual([open.exit, codeOf(open)], [2, 'desk_needed'], open.out)
  assert.match((await stamp()).err, /nothing says which of your desks you believe about the time: localhost:\d+ "/)
  assert.match(ok(await stamp('--desk', honestHost)).out, new RegExp(`vouched by +${honestHost} "Scel"`))
  assert.equal((await stamp('--desk', 'Desk B')).exit, 1)
  assert.match(ok(await stamp('--anyone')).out, new RegExp(`vouched by +${honestHost} "Scel"`))
  // On a signature, it moves nothing while nobody says whose time is meant.
  const { signer } = await thief(hostile, home)
  const service = `${at.desk.services.public}/tsp`
  ok(await run('sign', file, '--as', signer, '--timestamp', service))
  const signed = (...more: string[]): Promise<Ran> =>
    run('verify-signature', `${file}.p7m`, '--anyone', '--without-revocation', ...more)
  const { out, err } = ok(await signed())
  assert.match(out, /time stamp +does not count: nothing says which of your desks you believe about the time/)
  assert.match(err, /name one with --desk/)
  const [{ timeStamp }] = JSON.parse(ok(await signed('--json')).out).signatures
  assert.deepEqual([timeStamp.ok, timeStamp.error.code], [false, 'desk_needed'])
  assert.equal(JSON.parse(ok(await signed('--desk', 'Desk B', '--json')).out).signatures[0].timeStamp.ok, false)
  const honest = await signed('--desk', honestHost)
  assert.match(honest.out, new RegExp(`time stamp .*, vouched by ${honestHost} "Scel"`))
  const [{ timeStamp: believed }] = JSON.parse((await signed('--desk', honestHost, '--json')).out).signatures
  assert.deepEqual([believed.ok, believed.vouchedBy[0].desk], [true, 'Scel'], 'whose word the moment is')
  const root = join(home, 'tsa.pem')
  writeFileSync(root, at.desk.root)
  const given = JSON.parse(ok(await signed('--desk', 'Desk B', '--tsa-anchor', root, '--json')).out).signatures[0]
  assert.deepEqual([given.timeStamp.ok, given.vouchedBy[0].desk], [true, 'Desk B'])
  assert.equal(given.timeStamp.vouchedBy, undefined, 'the root of the time was given by its user')
})

test('a desk that is down or refuses stops sealing to a name, names itself, and is left out with --desk', async (t) => {
  const { at, hostile, file, home, run, honestHost, hostileHost } = await both(t)
  const records = await readDeskRecords(pathsOf(home))
  const honest = records.find(({ record }) => record.desk.name === 'Scel')!
  const client = new DeskClient({
    desk: honest.record,
    applicant: () => applicantKey(pathsOf(home).applicantKey),
    language: 'en',
    signal: AbortSignal.timeout(600_000),
    now: () => new Date(),
  })
  const [person] = (await client.signed(listRecipientsAsApplicant, { query: { environment: 'production' } })).items
  const seal = (...more: string[]): Promise<Ran> => run('seal', file, '--to', person!.addresses[0]!, '--force', ...more)
  hostile.answers.recipients = () => undefined // 404 without a problem: an answer that is none
  const silent = await seal('--json')
  assert.deepEqual([silent.exit, codeOf(silent)], [4, 'desk_silent'], silent.out)
  assert.ok(JSON.parse(silent.out).error.message.startsWith(`${hostileHost} "Desk B" `))
  assert.match((await seal()).err, /hint: .*--desk/)
  const named = JSON.parse(ok(await seal('--desk', honestHost, '--json')).out)
  assert.equal(named.recipients.length, 1)
  hostile.called.length = 0
  ok(await seal('--desk', 'Scel'))
  assert.deepEqual(hostile.called, [], 'the one that is named is asked alone')
  assert.equal(codeOf(await seal('--desk', 'nobody', '--json')), 'desk_unknown')
  assert.equal(codeOf(await run('seal', file, '--to', file, '--desk', 'nobody', '--force', '--json')), 'desk_unknown')
  // The honest one is down: the other one does not speak for it.
  hostile.answers.recipients = () => ({ items: [], issuers: [] })
  await at.desk.stop()
  const down = await seal('--json')
  assert.deepEqual([down.exit, codeOf(down)], [4, 'desk_silent'])
  assert.ok(JSON.parse(down.out).error.message.startsWith(`${honestHost} "Scel" `))
  assert.equal(codeOf(await seal('--desk', 'Desk B', '--json')), 'recipient_unknown')
})

test('with two desks enrolled the root to trust is that of the one that is named', async (t) => {
  const { at, hostile, run, honestHost, hostileHost } = await both(t)
  const several = await run('trust', '--yes', '--json')
  assert.deepEqual([several.exit, codeOf(several)], [2, 'desk_needed'], several.out)
  assert.match(several.err, /name one with --desk/)
  // With a fingerprint that is none of its own, the root that would have been trusted is told, and no store is touched.
  const found = async (word: string): Promise<unknown> => {
    const ran = await run('trust', '--desk', word, '--fingerprint', '0'.repeat(64), '--json')
    return JSON.parse(ran.out).error.facts.found ?? codeOf(ran)
  }
  const print = await fingerprint(parseCertificate(pemDecode(hostile.roots.environment)[0]!.der).der)
  hostile.called.length = 0
  for (const word of ['Desk B', 'desk b', hostileHost]) assert.equal(await found(word), print, word)
  assert.deepEqual(hostile.called, [], 'what is known is not fetched')
  for (const word of ['Scel', honestHost]) assert.equal(await found(word), at.desk.fingerprint, word)
  // By its address it may have another root by now, which has to have the fingerprint that was typed.
  assert.equal(await found(`https://${hostileHost}`), 'root_not_offered')
  assert.equal(await found('Desk C'), 'desk_unknown')
  assert.equal(await found('localhost'), 'desk_ambiguous')
})

test('several desks under one root are as good as one', async (t) => {
  const { hostile, home, file, run } = await both(t)
  const paths = pathsOf(home)
  const [honest, other] = await readDeskRecords(paths)
  const [one, two] = honest!.record.desk.name === 'Scel' ? [honest!, other!] : [other!, honest!]
  await changeDeskRecord(paths, two.name, () => ({ ...two.record, roots: one.record.roots }))
  const { signer } = await thief(hostile, home)
  ok(await run('sign', file, '--as', signer))
  const { exit, err } = await run('verify-signature', `${file}.p7m`, '--email', DIRECTOR, '--without-revocation')
  assert.deepEqual([exit, /(localhost:\d+ "(Desk B|Scel)"( · )?){2}, under CN=Scel Root/.test(err)], [1, true], err)
})

test('a desk is forgotten with its environments alone: keys, certificates and other desks stay', async (t) => {
  const { hostile, home, file, run, honestHost, hostileHost } = await both(t)
  const paths = pathsOf(home)
  const list = async () => JSON.parse(ok(await run('desk', 'list', '--json')).out).desks
  // They are listed by where they are.
  const [second, first] = (await list()).sort((one: { desk: string }, other: { desk: string }) =>
    one.desk < other.desk ? -1 : 1,
  )
  assert.deepEqual([second.desk, second.host, second.environments.length], ['Desk B', hostileHost, 1])
  assert.deepEqual([second.environments[0].requests, second.environments[0].certificates], [{ count: 1, open: [7] }, 0])
  assert.deepEqual(
    [first.host, first.environments[0].believed, first.environments[0].certificates],
    [honestHost, true, 1],
  )
  // The other environment, in which a run was killed before the desk answered.
  const { record } = (await readDeskRecords(paths)).find(({ record: one }) => one.desk.name === 'Desk B')!
  const { enrolledAt: _, ...killed } = record
  const roots = { ...record.roots, environment: 'nothing that was ever looked at' }
  await changeDeskRecord(paths, 'test-0123456789ab', () => ({ ...killed, environment: 'test', requests: [], roots }))
  const { environments } = (await list()).find(({ desk }: { desk: string }) => desk === 'Desk B')
  assert.deepEqual(
    environments.map(({ environment, believed, root }: { environment: string; believed: boolean; root?: object }) => [
      ...[environment, believed, root !== undefined],
    ]),
    [
      ['production', true, true],
      ['test', false, false],
    ],
  )
  const shown = ok(await run('desk', 'list'))
  assert.match(shown.err, /localhost:\d+ "Desk B" \(test\) is not believed yet: scel requests asks it/)
  // A request that is open keeps it; a person has to say so, and then to confirm.
  const open = await run('desk', 'forget', 'Desk B', '--yes', '--json')
  assert.deepEqual([open.exit, codeOf(open)], [1, 'desk_requests_open'])
  assert.equal(codeOf(await run('desk', 'forget', 'Desk B', '--with-requests', '--json')), 'desk_forget_unsaid')
  assert.equal((await readDeskRecords(paths)).length, 3)
  ok(await run('desk', 'forget', 'Desk B', '--environment', 'test', '--yes'))
  assert.deepEqual((await list())[0].environments.length, 1)
  const { out, err } = ok(await run('desk', 'forget', 'Desk B', '--with-requests', '--yes', '--json'))
  assert.deepEqual(JSON.parse(out).stays, { certificates: 0, keys: 1 })
  assert.match(err, /1 key of a request without a certificate/)
  assert.deepEqual(
    (await list()).map(({ desk }: { desk: string }) => desk),
    ['Scel'],
  )
  // Nothing of it is believed any more, and the one that is left needs no name.
  const { signer } = await thief(hostile, home)
  ok(await run('sign', file, '--as', signer))
  assert.equal((await run('verify-signature', `${file}.p7m`, '--email', DIRECTOR, '--without-revocation')).exit, 1)
  ok(await run('timestamp', file))
})
