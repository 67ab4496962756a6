// Who is meant by a word: a person in another spelling, a file that is called like them, a desk that is not believed, and one that calls itself
// what is said of another.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair } from '@scel/pki/crypto'
import { mailAddressKey } from '@scel/pki/x509'
import { acceptInvitation, expectOk } from '@scel/server/testing'
import { changeDeskRecord, readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type HostileDesk, openHostileDesk } from './hostile-desk.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const EMAIL = ['--email', 'poste12@example.org']
const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const codeOf = ({ out }: Ran): unknown => (out === '' ? undefined : JSON.parse(out).error?.code)
const pathsOf = (home: string) => makePaths({ env: {}, platform: 'linux', home }, {})
const hostOf = (url: string): string => new URL(url).host

/** A machine with a certificate of an honest desk, which knows some people. */
async function honest(t: TestContext, people: readonly (readonly [name: string, email: string])[]) {
  const at = await openOffice()
  t.after(() => at.close())
  const { path } = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', path, ...EMAIL], at.home))
  ok(await scel(['get'], at.home))
  for (const [name, email] of people) {
    const made = await expectOk(at.administrator.post('/api/people', { name, email, role: 'auditor' }))
    await acceptInvitation({ services: at.desk.services, root: at.desk.root }, made.json.invitation.link)
  }
  const { items } = (await at.administrator.get('/api/directory')).json
  const file = join(at.home, 'order.txt')
  writeFileSync(file, 'pay\n')
  return {
    at,
    file,
    printOf: (email: string): string =>
      items.find((one: { addresses: readonly string[] }) =>
        one.addresses.some((address) => mailAddressKey(address) === mailAddressKey(email)),
      ).certificate.fingerprint,
    seal: (to: string, ...more: string[]) => scel(['seal', file, '--to', to, '--force', '--json', ...more], at.home),
  }
}

/** The same machine enrols at a second desk. */
async function thievesAt(t: TestContext, { home }: Office, name = 'Desk B'): Promise<HostileDesk> {
  const hostile = await openHostileDesk(t, name)
  hostile.answers.submit = () => ({ request: hostile.request(7, 'pending'), findings: [], replaced: [] })
  ok(await scel(['enrol', '--kit', hostile.write(home), ...EMAIL], home))
  return hostile
}

/** A line of a directory with a certificate of that desk. */
async function listed(desk: HostileDesk, subject: string, item: { name: string; email: string }, named?: string) {
  const { publicKey, privateKey } = await generateKeyPair('ec-p256')
  const wish = { subject, usages: ['emailProtection'], ...(named === undefined ? {} : { email: named }) }
  const pem = await desk.certify(publicKey, wish)
  const view = { id: 'C'.repeat(22), subject, serial: '01', fingerprint: '00', key: 'ec-p256', pem }
  const at = '2026-01-01T00:00:00.000Z'
  const certificate = { ...view, issuer: { id: 'I'.repeat(22), name: 'B' }, notBefore: at, notAfter: at }
  const { name, email } = item
  return {
    item: { name, addresses: [email], certificate },
    pem,
    key: pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)),
  }
}

/** The record of the desk at that host, as an earlier version left it, or a run whose answer was lost. */
async function unbelieve(home: string, host: string): Promise<void> {
  const records = await readDeskRecords(pathsOf(home))
  const { name, record } = records.find((one) => hostOf(one.record.desk.services.portal) === host)!
  const { enrolledAt: _, ...rest } = record
  await changeDeskRecord(pathsOf(home), name, () => rest)
}

test('att9-2: whom the first desk knows in another spelling, a second one does not speak for', async (t) => {
  const people = [
    ['Dora Durand', 'dora@bücher.example'],
    ['Émile Petit', 'émile@example.org'],
    ['André Dupont', 'andre@example.org'],
  ] as const
  const { at, seal, printOf } = await honest(t, people)
  const words: [string, string][] = [
    ...['dora@bücher.example', 'Dora@BÜCHER.example.', 'dora@xn--bcher-kva.example', 'dora@bücher。example'].map(
      (word): [string, string] => [word, people[0][1]],
    ),
    ...['émile@example.org', 'e\u0301mile@EXAMPLE.org'].map((word): [string, string] => [word, people[1][1]]),
    ...[
      'André Dupont',
      'Andre\u0301 Dupont',
      'André  Dupont',
      'André\u00a0Dupont',
      ' ANDRÉ dupont',
      'andre@example.org ',
    ].map((word): [string, string] => [word, people[2][1]]),
  ]
  for (const [word, email] of words) {
    const { recipients } = JSON.parse(ok(await seal(word)).out)
    assert.deepEqual(
      recipients.map(({ fingerprint }: { fingerprint: string }) => fingerprint),
      [printOf(email)],
      word,
    )
  }
  const other = await seal('Andre Dupont')
  assert.equal(codeOf(other), 'recipient_otherwise')
  assert.match(JSON.parse(other.out).error.message, /"André Dupont" <andre@example\.org>/)
  const hostile = await thievesAt(t, at)
  for (const word of [...words.map(([word]) => word), 'Andre Dupont']) {
    const name = word.trim()
    const { item } = await listed(hostile, `CN=${name}`, { name, email: name })
    hostile.answers.recipients = () => ({ items: [item], issuers: [] })
    assert.equal(codeOf(await seal(word)), 'recipient_desks', word)
  }
  hostile.answers.recipients = () => ({ items: [], issuers: [] })
  assert.equal(codeOf(await seal('Andre Dupont')), 'recipient_otherwise')
})

test('att9-2: who is called like an address does not have it', async (t) => {
  const { at, seal } = await honest(t, [])
  const hostile = await thievesAt(t, at)
  const { item } = await listed(hostile, 'CN=director@example.org', { name: 'D', email: 'director@example.org' })
  hostile.answers.recipients = () => ({ items: [item], issuers: [] })
  assert.equal(codeOf(await seal('director@example.org')), 'recipient_otherwise')
})

test('att9-3: two people with one subject and no address are two', async (t) => {
  const { at, seal } = await honest(t, [])
  const hostile = await thievesAt(t, at)
  const jean = (email: string, named?: string) =>
    listed(hostile, 'CN=Jean Dupont', { name: 'Jean Dupont', email }, named)
  const one = await jean('jean@bücher.example')
  const other = await jean('jean.dé@example.org')
  // Whatever the desk says besides, they say of nobody who they are.
  for (const items of [
    [one.item, other.item],
    [one.item, (await jean('jean@bücher.example')).item],
  ]) {
    hostile.answers.recipients = () => ({ items, issuers: [] })
    const several = await seal('Jean Dupont')
    assert.equal(codeOf(several), 'recipient_several')
    assert.match(JSON.parse(several.out).error.message, /Jean Dupont \([0-9a-f]+\).*Jean Dupont \([0-9a-f]+\)/)
  }
  const [older, newer] = [await jean('a@b.example', 'jean@example.org'), await jean('c@d.example', 'Jean@EXAMPLE.org')]
  hostile.answers.recipients = () => ({ items: [older.item, newer.item], issuers: [] })
  ok(await seal('Jean Dupont'))
  hostile.answers.recipients = () => ({ items: [one.item], issuers: [], next: 'more' })
  assert.equal(codeOf(await seal('Jean Dupont')), 'recipient_several', 'not all of them were seen')
})

test('att9-4: a file that is called like the person does not take their place', async (t) => {
  const director = 'director@example.org'
  const { at, file, seal, printOf } = await honest(t, [['Dora Director', director]])
  const hostile = await thievesAt(t, at)
  hostile.answers.recipients = () => ({ items: [], issuers: [] })
  const { pem, key } = await listed(hostile, 'CN=Dora Director', { name: 'Dora Director', email: director }, director)
  const before = process.cwd()
  process.chdir(at.home)
  t.after(() => process.chdir(before))
  for (const name of [director, 'Dora Director']) {
    writeFileSync(join(at.home, name), pem + key)
    for (const more of [[], ['--desk', 'Scel']]) {
      const sealed = ok(await seal(name, ...more))
      assert.equal(JSON.parse(sealed.out).recipients[0].fingerprint, printOf(director))
      assert.ok(sealed.err.includes(`./${name}`), sealed.err)
      assert.match(sealed.err, /sealed for [^\n]+, named by localhost:\d+ "Scel"\n/)
    }
    const meant = ok(await seal(`./${name}`))
    assert.notEqual(JSON.parse(meant.out).recipients[0].fingerprint, printOf(director))
    assert.equal(JSON.parse(meant.out).recipients[0].file, `./${name}`)
    assert.match(meant.err, /sealed for CN=Dora Director, from the file \.\//)
    assert.equal(codeOf(await seal(`./${name}`, '--desk', 'Scel')), 'desk_for_names')
    // Nor does one sign with it.
    const signed = await scel(['sign', file, '--as', name, '--force', '--json'], at.home)
    assert.equal(codeOf(signed), 'signer_not_found')
    ok(await scel(['sign', file, '--as', `./${name}`, '--force'], at.home))
  }
  writeFileSync(join(at.home, 'dora.pem'), pem)
  assert.equal(JSON.parse(ok(await seal('dora.pem')).out).recipients[0].file, 'dora.pem')
  assert.equal(codeOf(await seal('nobody.pem')), 'file_missing', 'no desk is asked about what looks like a file')
})

test('att9-5: a desk that is not believed is nobody else by its name, and nobody speaks for its people', async (t) => {
  const director = 'director@example.org'
  const { at, file, seal } = await honest(t, [['Dora Director', director]])
  const hostile = await thievesAt(t, at, 'Scel')
  const { item, pem, key } = await listed(hostile, 'CN=Dora', { name: 'Dora', email: director }, director)
  hostile.answers.recipients = () => ({ items: [item], issuers: [] })
  const signer = join(at.home, 'thief.pem')
  writeFileSync(signer, pem + key)
  const signed = join(at.home, 'signed.p7m')
  ok(await scel(['sign', file, '--as', signer, '-o', signed], at.home))
  const [own, theirs] = [at.desk.services.portal, hostile.word.services.portal].map(hostOf)
  await unbelieve(at.home, own!)
  const verify = (...more: string[]) =>
    scel(['verify-signature', signed, '--without-revocation', '--json', ...more], at.home)
  const trust = (...more: string[]) =>
    scel(['trust', '--yes', '--json', '--fingerprint', '0'.repeat(64), ...more], at.home)
  for (const [word, code] of [
    ['Scel', 'desk_ambiguous'],
    [own!, 'desk_unbelieved'],
  ] as const) {
    assert.equal(codeOf(await verify('--email', director, '--desk', word)), code)
    assert.equal(codeOf(await seal(director, '--desk', word)), code)
    assert.equal(codeOf(await trust('--desk', word)), code)
    assert.equal(codeOf(await scel(['timestamp', file, '--desk', word, '--json'], at.home)), code)
  }
  const stamp = scel(['timestamp', file, '--json'], at.home)
  for (const asked of [verify('--email', director), seal(director), trust(), stamp]) {
    const ran = await asked
    assert.equal(codeOf(ran), 'desk_needed', ran.out)
    for (const host of [own!, theirs!]) assert.ok(JSON.parse(ran.out).error.message.includes(host))
    assert.match(ran.err, /scel requests asks/)
  }
  ok(await verify('--email', director, '--desk', theirs!))
  ok(await seal(director, '--desk', theirs!))
  // What is asked once is believed again.
  await scel(['requests'], at.home)
  const heard = await verify('--email', director, '--desk', own!)
  assert.deepEqual([heard.exit, codeOf(heard), JSON.parse(heard.out).valid], [1, undefined, false])
})

test('att9-8: a desk that calls itself what is said of another one reads as itself', async (t) => {
  const at = await openOffice()
  t.after(() => at.close())
  const { path } = await at.kit('postes')
  ok(await scel(['enrol', '--kit', path, ...EMAIL], at.home))
  const own = hostOf(at.desk.services.portal)
  const hostile = await thievesAt(t, at, `Scel" (${own}), under CN=Scel Root,O=Scel · ${own} ”Scel`)
  const theirs = hostOf(hostile.word.services.portal)
  const { pem, key } = await listed(hostile, 'CN=Dora', { name: 'Dora', email: 'd@example.org' }, 'd@example.org')
  const [signer, file] = [join(at.home, 'thief.pem'), join(at.home, 'order.txt')]
  writeFileSync(signer, pem + key)
  writeFileSync(file, 'pay\n')
  ok(await scel(['sign', file, '--as', signer], at.home))
  const { out } = ok(await scel(['verify-signature', `${file}.p7m`, '--anyone', '--without-revocation'], at.home))
  const said = `${theirs} "Scel\\u{22} (${own}), under CN=Scel Root,O=Scel · ${own} \\u{201d}Scel"`
  assert.ok(
    out.includes(`vouched by   ${said}, under CN=Root of B`) || out.includes(`vouched by  ${said}, under CN=Root of B`),
    out,
  )
  const list = ok(await scel(['desk', 'list'], at.home)).out.split('\n')
  assert.equal(list.filter((line) => line.startsWith(own)).length, 1)
  assert.ok(list.some((line) => line.startsWith(theirs)))
  // What is printed is what can be copied.
  assert.equal(
    codeOf(
      await scel(
        ['verify-signature', `${file}.p7m`, '--anyone', '--without-revocation', '--desk', said, '--json'],
        at.home,
      ),
    ),
    undefined,
  )
})
