// Whose word a signature is judged by: production's, unless somebody says otherwise.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair } from '@scel/pki/crypto'
import { folderFor } from '@scel/testkit/peers'
import { changeDeskRecord, deskName, readDeskRecord } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { recordOfWord } from '../src/state/record-changes.ts'
import { openHostileDesk } from './hostile-desk.ts'
import { type Ran, scel } from './run-scel.ts'

test('a test administrator’s namesake of somebody signs nothing in earnest', async (t) => {
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const [tester, honest] = [await openHostileDesk(t), await openHostileDesk(t, 'Desk H')]
  const { publicKey, privateKey } = await generateKeyPair('ec-p256')
  const wish = { subject: 'CN=Dora Director', email: 'director@example.org', usages: ['emailProtection'] }
  const signer = join(home, 'thief.pem')
  const key = pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey))
  writeFileSync(signer, `${await tester.certify(publicKey, wish)}${key}`)
  writeFileSync(join(home, 'order.txt'), 'pay\n')
  const sign = await scel(['sign', join(home, 'order.txt'), '--as', signer], home)
  assert.equal(sign.exit, 0, sign.err)
  const verify = (...more: string[]): Promise<Ran> => {
    const args = ['--email', 'director@example.org', '--without-revocation', ...more]
    return scel(['verify-signature', join(home, 'order.txt.p7m'), ...args], home)
  }
  const know = async ({ word }: typeof tester, environment: 'production' | 'test'): Promise<void> => {
    const record = { ...recordOfWord(word, environment, undefined, new Date()), enrolledAt: new Date().toISOString() }
    await changeDeskRecord(paths, deskName(word.id, environment), () => record)
  }
  await know(tester, 'test')
  assert.equal(JSON.parse((await verify('--json')).out).error.code, 'anchor_elsewhere')
  await know(honest, 'production')
  const { exit, out, err } = await verify()
  assert.deepEqual([exit, /✗ chain/.test(out)], [1, true], out)
  assert.match(err, /trusted \(production\): /)
  const asked = await verify('--environment', 'test')
  assert.deepEqual([asked.exit, /trusted in the test environment alone, on/.test(asked.out)], [0, true], asked.out)
  assert.equal(JSON.parse((await verify('--environment', 'test', '--json')).out).environment, 'test')
  const root = join(home, 'root.pem')
  writeFileSync(root, tester.roots.environment)
  assert.equal((await verify('--anchor', root)).exit, 0)
})

test('the root to trust is the one that is the desk’s id: another environment’s, or that of its TLS certificate, only by name or fingerprint', async (t) => {
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const [desk, seller] = [await openHostileDesk(t), await openHostileDesk(t, 'Seller')]
  const bought = seller.roots.environment
  const know = async (environment: 'production' | 'test'): Promise<void> => {
    const record = recordOfWord(desk.word, environment, undefined, new Date())
    const roots = { environment: environment === 'test' ? bought : record.roots.environment, desk: bought, tls: bought }
    const enrolledAt = new Date().toISOString()
    await changeDeskRecord(paths, deskName(desk.word.id, environment), () => ({ ...record, roots, enrolledAt }))
  }
  const told = async (...more: string[]): Promise<string | undefined> => {
    const { err } = await scel(['trust', '--remove', '--store', 'nss', ...more], home)
    return /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(err)?.[0].replaceAll(':', '').toLowerCase()
  }
  const other = seller.word.id
  await know('test')
  assert.equal(await told(), desk.word.id, 'of a desk that is known in its test environment alone it is asked for')
  assert.equal(await told('--environment', 'test'), other)
  assert.equal(await told('--fingerprint', other), other)
  await know('production')
  desk.called.length = 0
  for (const more of [[], ['--desk', 'Desk B'], ['--environment', 'production'], ['--fingerprint', desk.word.id]])
    assert.equal(await told(...more), desk.word.id, more.join(' '))
  assert.equal(await told('--environment', 'test'), other)
  assert.deepEqual(desk.called, [], 'what is known is not fetched')
})

test('a root of the test environment that a word says later, or that nobody has compared, is taken by its fingerprint alone', async (t) => {
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const [desk, thief] = [await openHostileDesk(t), await openHostileDesk(t, 'Thief')]
  const name = deskName(desk.word.id, 'test')
  const enrolledAt = new Date().toISOString()
  const enrol = (environment: 'production' | 'test') =>
    changeDeskRecord(paths, deskName(desk.word.id, environment), (present) => ({
      ...recordOfWord(desk.word, environment, present, new Date()),
      enrolledAt,
    }))
  const forged = { ...desk.word.roots, test: thief.roots.environment }
  desk.answers.statement = () => desk.say({ roots: forged })
  const trust = (...more: string[]): Promise<Ran> =>
    scel(['trust', '--environment', 'test', '--store', 'nss', '--yes', '--json', ...more], home)
  const told = ({ out }: Ran): unknown => JSON.parse(out).error?.code ?? JSON.parse(out).root.fingerprint

  // Known in production alone: what its word says of test is the word of whoever has the key.
  await enrol('production')
  assert.equal(told(await trust()), 'root_unconfirmed')
  assert.equal(told(await trust('--fingerprint', '0'.repeat(64))), 'fingerprint_differs')
  await enrol('test')
  const word = { ...desk.word, roots: forged, saidAt: new Date().toISOString() }
  await changeDeskRecord(paths, name, (present) => recordOfWord(word, 'test', present, new Date()))
  for (const days of [0, 25]) {
    const now = () => new Date(Date.now() + days * 86_400_000)
    const args = ['trust', '--environment', 'test', '--store', 'nss', '--yes', '--remove', '--json']
    const ran = await scel(args, home, { now })
    assert.equal(told(ran), desk.word.id, 'the one that was heard first')
  }
  const { err } = await scel(['trust', '--environment', 'test', '--store', 'nss', '--yes', '--remove'], home)
  assert.match(err, /says another root now/)
  assert.equal((await readDeskRecord(paths, name))?.roots.said, thief.roots.environment)
  assert.equal(told(await trust('--fingerprint', thief.word.id)), thief.word.id, 'a person compared it')
  const { roots } = (await readDeskRecord(paths, name)) ?? assert.fail()
  assert.deepEqual([roots.environment, roots.said], [thief.roots.environment, undefined])
})
