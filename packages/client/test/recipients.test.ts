// Whose certificates a name is taken for when files are sealed: those that are not revoked, of the only desk that knows the name, and what
// this machine was handed itself is one desk's word as any other.

import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { formatName, parseCertificate, parseRequest } from '@scel/pki/x509'
import { folderFor } from '@scel/testkit/peers'
import { type HostileDesk, openHostileDesk } from './hostile-desk.ts'
import { type Ran, scel } from './run-scel.ts'

const BEA = 'bea@b.example'
const NOW = '2026-01-01T00:00:00.000Z'
const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const codeOf = ({ out }: Ran): string => JSON.parse(out).error?.code

/** A person of a directory, as it tells of them, with a certificate of that desk. */
async function person(desk: HostileDesk, subject: string, email: string) {
  const { publicKey } = await generateKeyPair('ec-p256')
  const pem = await desk.certify(publicKey, { subject, email, usages: ['emailProtection'] })
  const view = { id: 'C'.repeat(22), subject, serial: '01', fingerprint: '00', key: 'ec-p256', pem }
  const certificate = { ...view, issuer: { id: 'I'.repeat(22), name: 'B' }, notBefore: NOW, notAfter: NOW }
  return {
    item: { name: subject.slice(3), addresses: [email], certificate },
    serial: parseCertificate(pemDecode(pem)[0]!.der).serialHex,
  }
}

interface Enrolled {
  readonly desk: HostileDesk
  /** SPKI of the key that was made for it, and its common name. */
  readonly spki: Uint8Array
  readonly commonName: string
  /** RFC 4514. */
  readonly subject: string
}

async function enrolAt(
  t: TestContext,
  home: string,
  id: string,
  environment: 'production' | 'test' = 'production',
): Promise<Enrolled> {
  const desk = await openHostileDesk(t, `Desk ${id}`)
  const pending = desk.request(7, 'pending')
  let csr = ''
  desk.answers.submit = ({ body }) => {
    csr = body.csr
    return { request: pending, findings: [], replaced: [] }
  }
  desk.answers.recipients = () => ({ items: [], issuers: [] })
  const kit = desk.write(home, (file) => ({ ...file, rules: { ...file.rules, environment } }))
  ok(await scel(['enrol', '--kit', kit, '--email', 'poste12@example.org'], home))
  const { publicKey, subject } = parseRequest(pemDecode(csr)[0]!.der)
  const commonName = subject.rdns.flat().find(({ type }) => type === 'commonName')?.value ?? ''
  return { desk, spki: publicKey.spki, commonName, subject: formatName(subject, 'rfc4514') }
}

interface Sealer {
  readonly home: string
  readonly seal: (to: string, ...more: string[]) => Promise<Ran>
}

function sealer(t: TestContext): Sealer {
  const home = folderFor(t)
  const file = join(home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  return { home, seal: (to, ...more) => scel(['seal', file, '--to', to, '--force', '--json', ...more], home) }
}

test('what a directory still names is not sealed to when its authority says that it is revoked', async (t) => {
  const { home, seal } = sealer(t)
  const { desk } = await enrolAt(t, home, 'B')
  const { item, serial } = await person(desk, 'CN=Bea', BEA)
  desk.answers.recipients = () => ({ items: [item], issuers: [] })
  desk.called.length = 0
  ok(await seal(BEA))
  assert.deepEqual(desk.called, ['nonce', 'recipients', '/root.crl'])
  desk.revoked = [serial]
  for (const more of [[], ['--revocation', 'if-known']]) {
    const ran = await seal(BEA, ...more)
    assert.equal(codeOf(ran), 'certificate_revoked')
    assert.match(ran.err, /CN=Bea[^\n]*revoked/)
  }
  // Another one that took its place is taken, wherever the directory has it.
  const fresh = await person(desk, 'CN=Bea', BEA)
  for (const items of [
    [item, fresh.item],
    [fresh.item, item],
  ]) {
    desk.answers.recipients = () => ({ items, issuers: [] })
    const { recipients } = JSON.parse(ok(await seal(BEA)).out)
    assert.deepEqual(
      recipients.map(({ serial: one }: { serial: string }) => one),
      [fresh.serial],
    )
  }
})

test('of somebody with several computers all certificates that are good are sealed to; without a word on one, none is', async (t) => {
  const { home, seal } = sealer(t)
  const { desk } = await enrolAt(t, home, 'B')
  const [office, laptop] = [await person(desk, 'CN=Bea', BEA), await person(desk, 'CN=Bea', BEA)]
  desk.answers.recipients = () => ({ items: [office.item, laptop.item], issuers: [] })
  const serialsOf = ({ out }: Ran): string[] =>
    JSON.parse(out)
      .recipients.map(({ serial }: { serial: string }) => serial)
      .sort()
  const both = ok(await seal(BEA))
  assert.deepEqual(serialsOf(both), [office.serial, laptop.serial].sort())
  assert.match(both.err, /sealed for CN=Bea \(2 certificates\), named by /)
  assert.match(ok(await seal(BEA, '--lang', 'fr')).err, /scellé pour CN=Bea \(2 certificats\), nommé par /)
  desk.revoked = [laptop.serial]
  const one = ok(await seal(BEA))
  assert.deepEqual(serialsOf(one), [office.serial])
  assert.match(one.err, /sealed for CN=Bea, named by /)
  desk.revoked = [laptop.serial, office.serial]
  assert.equal(codeOf(await seal(BEA)), 'certificate_revoked')
  desk.revoked = 'silent'
  assert.equal(codeOf(await seal(BEA)), 'recipient_status_unknown')
})

test('where nobody says whether a certificate is revoked, nothing is sealed to it unless a person wants it so', async (t) => {
  const { home, seal } = sealer(t)
  const { desk } = await enrolAt(t, home, 'B')
  const { item } = await person(desk, 'CN=Bea', BEA)
  desk.answers.recipients = () => ({ items: [item], issuers: [] })
  desk.revoked = 'silent'
  const refused = await seal(BEA)
  const { code, facts, hints } = JSON.parse(refused.out).error
  assert.deepEqual([code, facts.name], ['recipient_status_unknown', `CN=Bea <${BEA}>`])
  assert.match(refused.err, /localhost:\d+ .*503/)
  assert.match(hints[0], /--revocation if-known/)
  assert.ok(!existsSync(join(home, 'offer.txt.p7m')))
  ok(await seal(BEA, '--revocation', 'if-known'))
})

/** Has the desk hand this machine the certificate that was asked for. */
async function handed({ desk, spki, subject }: Enrolled, home: string): Promise<Ran> {
  const certificate = await desk.certify(spki, { subject, usages: ['clientAuth', 'emailProtection'] })
  const approved = desk.request(7, 'approved')
  desk.answers.list = () => ({ items: [approved] })
  desk.answers.fetch = () => ({
    ...{ request: approved, certificate, chain: [desk.roots.environment] },
    notAfter: '2099-01-01T00:00:00.000Z',
  })
  desk.answers.confirm = () => ({ ok: true, request: desk.request(7, 'installed'), superseded: [] })
  return scel(['get', '--json'], home)
}

test('what this machine was handed by one desk is no more than that desk’s word about a name that another desk knows', async (t) => {
  const { home, seal } = sealer(t)
  const first = await enrolAt(t, home, 'B')
  ok(await handed(first, home))
  const { commonName } = first
  first.desk.called.length = 0
  ok(await seal(commonName))
  assert.deepEqual(first.desk.called, [], 'with one desk alone nobody is asked')
  const other = await enrolAt(t, home, 'C')
  ok(await seal(commonName))
  assert.ok(other.desk.called.includes('recipients'))
  const { item } = await person(other.desk, `CN=${commonName}`, 'somebody@c.example')
  other.desk.answers.recipients = () => ({ items: [item], issuers: [] })
  assert.equal(codeOf(await seal(commonName)), 'recipient_desks')
  // Two desks that handed out the name are two as well, and both are named.
  ok(await handed(other, home))
  const { code, message } = JSON.parse((await seal(commonName)).out).error
  assert.equal(code, 'recipient_desks')
  for (const { desk } of [first, other]) assert.ok(message.includes(new URL(desk.word.services.portal).host))
})

test('what the test environment handed this machine is sealed to where test is meant, and nowhere else', async (t) => {
  const { home, seal } = sealer(t)
  const tests = await enrolAt(t, home, 'B', 'test')
  ok(await handed(tests, home))
  assert.equal(codeOf(await seal(tests.commonName)), 'recipient_unknown')
  ok(await seal(tests.commonName, '--environment', 'test'))
})
