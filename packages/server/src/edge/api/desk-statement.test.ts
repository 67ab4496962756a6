import assert from 'node:assert/strict'
import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { type DeskStatement, readStatement, type SignedStatement } from '@scel/contract/kit'
import { fromBase64, fromUtf8, pemDecode, pemEncode, toBase64, utf8 } from '@scel/pki/bytes'
import { readCertificateBag, signBytes } from '@scel/pki/cms'
import { parseCertificate } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import { DAY, HOUR } from '../../core/world.ts'
import { openKeys } from '../../custody/index.ts'
import { call, enrolMachine, expectOk, furnish, makeKit, startDesk, type TestDesk } from '../../testing/index.ts'

// What the desk says of itself, as a stranger hears it: by this, and by nothing that a file says, programs know a desk.

const ask = async (desk: TestDesk): Promise<SignedStatement> =>
  (await expectOk(call(`${desk.services.portal}/api/desk/statement`, { ca: desk.root }))).json

test('the desk says what it is called, where it is and what its roots are; openssl holds it under its root', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const desk = await startDesk()
  t.after(() => desk.stop())
  const signed = await ask(desk)
  const word = await readStatement(signed, new Date())
  assert.ok('id' in word, JSON.stringify(word))
  assert.equal(word.id, desk.fingerprint)
  assert.deepEqual(word.services, desk.services)
  assert.deepEqual([word.roots.production, word.roots.test], [desk.roots.production, desk.roots.test])
  const described = (await expectOk(call(`${desk.services.portal}/api/desk`, { ca: desk.root }))).json
  assert.deepEqual([described.id, described.name], [word.id, word.name])

  const file = judge.write('statement.p7', pemEncode('CMS', fromBase64(signed.statement)))
  const args = ['-inform', 'PEM', '-in', file, '-CAfile', judge.write('root.pem', signed.root), '-purpose', 'any']
  const { ok, text: said } = judge.run('openssl', 'cms', '-verify', ...args, '-out', 'said.json')
  assert.ok(ok, said)
  assert.equal((JSON.parse(fromUtf8(judge.read('said.json'))) as DeskStatement).name, word.name)

  const { administrator, post } = await furnish(desk)
  const kit = await makeKit(administrator, post.id)
  assert.deepEqual(kit.desk, signed, 'what is in a kit, too')
  await desk.passTime(HOUR)
  assert.notDeepEqual(await ask(desk), signed, 'after an hour it is said anew')
})

test('a statement that was altered, is another’s or is signed by a certificate of the desk for others (kits), is none', async (t) => {
  const [desk, other] = [await startDesk(), await startDesk()]
  t.after(() => Promise.all([desk.stop(), other.stop()]))
  const signed = await ask(desk)
  const refusalOf = async (statement: SignedStatement, at: Date | 'saidAt' = new Date()): Promise<string> => {
    const word = await readStatement(statement, at)
    return 'refused' in word ? word.refused : `taken: ${JSON.stringify(word)}`
  }
  // Under another root: whoever hands out a kit puts theirs beside it.
  for (const root of [other.roots.production, desk.roots.test])
    assert.match(await refusalOf({ ...signed, root }), /^(signature_invalid|issuer_unknown)$/)
  // Another name, by whoever had the file in their hands.
  const der = fromBase64(signed.statement)
  const at = Buffer.from(der).indexOf('"name":"Scel"') + 8
  const altered = der.slice()
  altered[at] = 'T'.charCodeAt(0)
  assert.equal(await refusalOf({ ...signed, statement: toBase64(altered) }), 'content_altered')
  // Signed anew, by somebody whom the desk has certified.
  const { post, administrator } = await furnish(desk)
  const machine = await enrolMachine(desk, post, administrator)
  const [leaf, above] = pemDecode(machine.certificate).map((block) => parseCertificate(block.der))
  const word = await readStatement(signed, new Date())
  const { id: _, ...said } = word as DeskStatement & { id: string }
  const mine = { ...said, name: 'Thief', services: { ...said.services, portal: 'https://thief.example' } }
  const forged = await signBytes(utf8(JSON.stringify(mine)), {
    signers: [{ certificate: leaf!, key: machine.credential.privateKey }],
    certificates: [above!],
    at: new Date(),
  })
  assert.equal(await refusalOf({ ...signed, statement: toBase64(forged) }), 'purpose')
  // Said long ago: it was true then, and says nothing of today.
  const later = new Date(Date.now() + 91 * DAY)
  assert.equal(await refusalOf(signed, later), 'certificate_expired')
  assert.match(await refusalOf(signed, 'saidAt'), /^taken/)
  for (const statement of ['AAAA', toBase64(utf8('{}'))]) assert.match(await refusalOf({ ...signed, statement }), /_/)
})

test('the certificate that statements are signed under is renewed long before it ends', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const { statements } = desk.core
  assert.equal(await statements.renewDue(), false)
  await desk.passTime(61 * DAY)
  const signed = await statements.current({ services: desk.services, tls: { anchor: desk.root, given: false } })
  assert.ok('id' in (await readStatement(signed, new Date(Date.now() + 62 * DAY))), 'the job renewed it')
  assert.equal(await statements.renewDue(), false)
})

test('a statement key that got into other hands says nothing from two days after its revocation on, and the desk goes on with another (leaked)', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const { administrator } = await furnish(desk)
  const first = await ask(desk)
  const bag = readCertificateBag(fromBase64(first.statement))
  const [leaf] = bag.certificates
  assert.equal(bag.crls.length, 2, 'its authority’s list and the root’s')
  // The thief has the key, and all that was ever handed out with it.
  const { signers } = await openKeys({
    folder: join(desk.data, 'keys'),
    masterKeyFile: join(desk.data, 'master.key'),
  })
  const keyId = (await signers.list()).find((name) => name.startsWith('desk-statement'))!
  const { key } = await signers.open(keyId)
  const word = (await readStatement(first, new Date())) as DeskStatement & { id: string }
  const { id: _, ...said } = word
  const forged = async (at: Date, crls: readonly Uint8Array[]): Promise<SignedStatement> => ({
    root: first.root,
    statement: toBase64(
      await signBytes(utf8(JSON.stringify({ ...said, name: 'Thief', saidAt: at.toISOString() })), {
        signers: [{ certificate: parseCertificate(leaf!), key }],
        certificates: bag.certificates.map((der) => parseCertificate(der)),
        ...{ crls, at },
      }),
    ),
  })
  const verdict = async (statement: SignedStatement, at: Date): Promise<string> => {
    const read = await readStatement(statement, at)
    return 'refused' in read ? read.refused : `taken: ${read.name}`
  }
  const now = new Date()
  assert.equal(await verdict(await forged(now, bag.crls), now), 'taken: Thief', 'until somebody notices')
  assert.equal(await verdict(await forged(now, []), now), 'revocation_unknown')

  const { items } = (await expectOk(administrator.get('/api/certificates?profile=desk-statement'))).json
  await expectOk(administrator.post(`/api/certificates/${items[0].id}/revoke`, { reason: 'keyCompromise' }))
  const second = await ask(desk)
  assert.equal(await verdict(second, new Date()), 'taken: Scel')
  const lists = readCertificateBag(fromBase64(second.statement)).crls
  assert.notDeepEqual(readCertificateBag(fromBase64(second.statement)).certificates[0], leaf)
  assert.equal(await verdict(await forged(now, lists), new Date()), 'certificate_revoked')
  // With the list of before its loss, as long as that is fresh, and no longer.
  const [day, long] = [1, 2.1].map((days) => new Date(now.getTime() + days * DAY))
  assert.equal(await verdict(await forged(day!, bag.crls), day!), 'taken: Thief')
  assert.equal(await verdict(await forged(long!, bag.crls), long!), 'crl_outdated')
  // Of a kit it is not asked: what that says is asked for anew.
  assert.match(await verdict(first, new Date()), /^taken/)
})

test('a desk that knows its clock is wrong says what it said before, and nothing new', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  const before = await ask(desk)
  const { clock, statements } = desk.core
  const isWrong = t.mock.method(clock, 'isWrong', () => true)
  await desk.passTime(HOUR)
  assert.deepEqual(await ask(desk), before)
  isWrong.mock.restore()
  assert.notDeepEqual(await ask(desk), before)
  assert.equal(await statements.renewDue(), false)
})

test('a key file of statements that was cut is passed over for another key', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'scel-statement-'))
  t.after(() => rm(data, { recursive: true, force: true }))
  const first = await startDesk({ data })
  await ask(first)
  await first.stop()
  const key = join(data, 'keys', `desk-statement-${new Date().toISOString().slice(0, 7)}.key`)
  await truncate(key, 100)
  const desk = await startDesk({ data, ports: first.ports })
  t.after(() => desk.stop())
  assert.ok('id' in (await readStatement(await ask(desk), new Date())))
  await expectOk(call(`${desk.services.public}/health/ready`))
})

test('a desk whose own word no program would take does not start, and says so', async () => {
  const started = startDesk({ name: 'Scel\u00ad Desk' }).then((desk) => desk.stop())
  await assert.rejects(started, (error) => hasDeskCode(error, 'desk_statement_malformed'))
})
