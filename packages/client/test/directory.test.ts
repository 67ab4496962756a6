// Whom a desk's certificate directory lets files be sealed to.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { listRecipientsAsApplicant } from '@scel/contract/routes'
import { acceptInvitation } from '@scel/server/testing'
import { folderFor, needs, run } from '@scel/testkit/peers'
import { DeskClient } from '../src/enrol/desk-client.ts'
import { applicantKey } from '../src/state/applicant-key.ts'
import { readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}

test('sealed with the certificate of this machine, stamped by the desk, and opened when both hold', async (t) => {
  const at = await openOffice()
  t.after(() => at.close())
  const kit = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', kit.path, '--email', 'poste12@example.org', '--key', 'rsa-2048'], at.home))
  const { out: got } = ok(await scel(['get', '--json'], at.home))
  const [{ folder }] = JSON.parse(got).requests
  const file = join(at.home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  const stamp = ['--sign', `${await at.number(1)}`, '--timestamp', `${at.desk.services.public}/tsp`]
  const to = ['--to', join(folder, 'certificate.pem')]
  const { out } = ok(await scel(['seal', file, ...to, ...stamp, '--json'], at.home))
  const { file: sealed, signers } = JSON.parse(out)
  assert.equal(signers[0].timeStamp.tsa, 'CN=Scel Time Stamps,O=Scel')
  const inspected = ok(await scel(['inspect', sealed, '--json'], at.home))
  assert.match(JSON.parse(inspected.out).objects[0].recipients[0].own, /OU=Workstation/)
  assert.match(inspected.err, /scel open \S+ opens it/)
  const judge = ['--signed', '--anyone', '--without-revocation', '--purpose', 'any']
  ok(await scel(['open', sealed, ...judge, '-o', join(at.home, 'opened')], at.home))
  assert.equal(readFileSync(join(at.home, 'opened'), 'utf8'), 'one hundred\n')
})

test('an e-mail address and a name are found in the directory of the desk, and nobody else is', async (t) => {
  const at = await openOffice()
  t.after(() => at.close())
  const kit = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', kit.path, '--email', 'poste12@example.org'], at.home))
  ok(await scel(['get'], at.home))
  const paths = makePaths({ env: {}, platform: 'linux', home: at.home }, {})
  const [desk] = await readDeskRecords(paths)
  const client = new DeskClient({
    desk: desk!.record,
    applicant: () => applicantKey(paths.applicantKey),
    language: 'en',
    signal: AbortSignal.timeout(600_000),
    now: () => new Date(),
  })
  const { items } = await client.signed(listRecipientsAsApplicant, { query: { environment: 'production' } })
  const [person] = items
  assert.ok(person, 'the desk lists somebody')
  const file = join(at.home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  for (const wanted of [person.addresses[0]!, person.addresses[0]!.toUpperCase(), person.name]) {
    const { out } = ok(await scel(['seal', file, '--to', wanted, '--force', '--json'], at.home))
    assert.deepEqual(
      JSON.parse(out).recipients.map((one: { fingerprint: string }) => one.fingerprint),
      [person.certificate.fingerprint],
    )
  }
  // Whom the desk answers with, and does not call so, is told: that is not to know nobody.
  for (const [wanted, code] of [
    [`x${person.addresses[0]!}`, 'recipient_unknown'],
    [`x${person.name}`, 'recipient_unknown'],
    [person.name.slice(0, -1), 'recipient_otherwise'],
  ] as const) {
    const { out, exit } = await scel(['seal', file, '--to', wanted, '--force', '--json'], at.home)
    assert.deepEqual([exit, JSON.parse(out).error.code], [1, code], wanted)
  }
  // Another person of that very name: the newer of the two is not meant by it.
  const { token } = await at.desk.core.people.inviteAdministrator(
    { kind: 'desk', name: 'invite-admin' },
    { environment: 'production', name: person.name, email: 'somebody.else@example.org', language: 'en' },
  )
  await acceptInvitation(at.desk, token)
  const { out, exit } = await scel(['seal', file, '--to', person.name, '--force', '--json'], at.home)
  assert.deepEqual([exit, JSON.parse(out).error.code], [1, 'recipient_several'])
  for (const address of [person.addresses[0]!, 'somebody.else@example.org']) {
    assert.ok(JSON.parse(out).error.message.includes(`<${address}>`), address)
  }
  ok(await scel(['seal', file, '--to', person.addresses[0]!, '--force'], at.home))
})

test('what is sealed to somebody with two computers, scel and openssl open with the key of either', async (t) => {
  if (!needs(t, 'openssl')) return
  const at = await openOffice()
  t.after(() => at.close())
  const kit = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', kit.path, '--email', 'poste12@example.org'], at.home))
  ok(await scel(['get'], at.home))
  const { json: made } = await at.administrator.post('/api/credentials/device', { name: 'Laptop' })
  const computers = [at.administrator, await acceptInvitation(at.desk, made.link)]
  const folder = folderFor(t)
  const file = join(folder, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  const { json: me } = await at.administrator.get('/api/session')
  const sealed = ok(await scel(['seal', file, '--to', me.person.email, '--json'], at.home))
  assert.equal(JSON.parse(sealed.out).recipients.length, 2)
  assert.match(sealed.err, /\(2 certificates\), named by /)
  for (const [index, { certificate, key }] of computers.entries()) {
    const [own, opened] = [join(folder, `${index}.pem`), join(folder, `opened${index}`)]
    writeFileSync(own, certificate + key)
    ok(await scel(['open', `${file}.p7m`, '--key', own, '-o', opened], folder))
    assert.equal(readFileSync(opened, 'utf8'), 'one hundred\n')
    const decrypt = ['cms', '-decrypt', '-inform', 'DER', '-in', 'offer.txt.p7m', '-recip', own, '-inkey', own]
    assert.equal(run('openssl', decrypt, folder), 'one hundred\n')
  }
})
