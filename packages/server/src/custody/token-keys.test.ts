import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type DeskErrorCode, hasDeskCode } from '@scel/contract/errors'
import { openToken } from '@scel/pkcs11'
import { moduleProcesses, type SoftTokens, softTokens } from '@scel/pkcs11/testing'
import { utf8 } from '@scel/pki/bytes'
import { sign, usualSignature, verify } from '@scel/pki/crypto'
import type { Signer } from '../core/issuance/signer.port.ts'
import { openRing } from './key-ring.ts'
import { type Keys, openKeys } from './open-keys.ts'
import { tokenRecords } from './token-records.ts'

const message = utf8('to be signed')
const is = (code: DeskErrorCode) => (error: unknown) => hasDeskCode(error, code)
const signs = async (signer: Signer): Promise<boolean> =>
  verify(usualSignature(signer.key), signer.key.publicKey, message, await sign(signer.key, message))

const isAway = (label: string) => (error: unknown) =>
  hasDeskCode(error, 'token_unavailable') && error.facts.token.startsWith(label) && error.facts.why === 'absent'

interface Scene {
  readonly soft: SoftTokens
  readonly tokens: { readonly root: string; readonly authority: string }
  readonly folder: string
  readonly open: (tokens?: object) => Promise<Keys>
}

async function scene(t: TestContext): Promise<Scene | undefined> {
  const soft = await softTokens(t)
  if (!soft) return undefined
  const tokens = { root: await soft.make('Roots', '97531'), authority: await soft.make('Daily') }
  const folder = join(soft.folder, 'keys')
  const open = async (these: object = tokens): Promise<Keys> => {
    const keys = await openKeys({ folder, masterKeyFile: join(soft.folder, 'master.key'), tokens: these })
    t.after(() => keys.signers.close())
    return keys
  }
  return { soft, tokens, folder, open }
}

test('a key is made in the token of its use, its record says so, and the next start signs with it', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { signers } = await made.open()
  const spki = await signers.generate('production-machines', 'ec-p256', 'authority')
  await signers.generate('desk-tls', 'ec-p256', 'listener')
  assert.ok((await signers.exportKey('desk-tls')).length > 0, 'the listener’s stays a file')
  await assert.rejects(signers.exportKey('production-machines'), is('authority_unavailable'))
  const record = JSON.parse(await readFile(join(made.folder, 'production-machines.key'), 'utf8'))
  assert.deepEqual([record.format, record.token, record.root], ['scel-key-in-token/1', 'Daily', false])
  const again = await (await made.open()).signers.open('production-machines')
  assert.deepEqual(again.key.publicKey, spki)
  assert.ok(await signs(again))
  again.close()
  assert.throws(() => again.key, is('authority_unavailable'))
})

test('a record that somebody wrote, changed or moved is not used', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { signers } = await made.open()
  await signers.generate('production-people', 'ec-p256', 'authority')
  const [one, other] = [join(made.folder, 'production-people.key'), join(made.folder, 'production-machines.key')]
  const text = await readFile(one, 'utf8')
  await writeFile(one, text.replace('"root": false', '"root": true'))
  await assert.rejects(signers.open('production-people'), is('authority_unavailable'))
  await writeFile(one, text)
  await rename(one, other)
  await assert.rejects(signers.open('production-machines'), is('authority_unavailable'))
})

test('roots in a token are open while their PIN is at hand, and away from then on; the PIN brings them back', async (t) => {
  const made = await scene(t)
  if (!made) return
  const first = (await made.open()).signers
  assert.equal(await first.rootCustody(), 'open')
  await first.generate('production-root', 'ec-p384', 'root')
  await first.generate('production-machines', 'ec-p256', 'authority')
  first.closeRoots()
  assert.equal(await first.rootCustody(), 'away')
  await assert.rejects(first.open('production-root'), is('root_passphrase_needed'))
  assert.ok(await signs(await first.open('production-machines')), 'daily work goes on')

  await rm(join(made.soft.folder, 'Roots.pin'))
  const daily = (await made.open()).signers
  assert.equal(await daily.rootCustody(), 'away')
  await assert.rejects(daily.generate('test-root', 'ec-p384', 'root'), is('root_passphrase_needed'))
  await assert.rejects(daily.openRoots(utf8('11111')), is('root_passphrase_wrong'))
  assert.equal(await daily.rootCustody(), 'away')
  assert.equal(await daily.openRoots(utf8('97531')), 0)
  assert.ok(await signs(await daily.open('production-root')))
  daily.closeRoots()
  await assert.rejects(daily.open('production-root'), is('root_passphrase_needed'))
})

test('roots whose token’s process ends during a ceremony sign on: their PIN is given again, and no wrong one is tried', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { signers } = await made.open()
  await signers.generate('production-root', 'ec-p384', 'root')
  const root = await signers.open('production-root')
  for (const again of [1, 2]) {
    for (const pid of moduleProcesses()) process.kill(pid, 'SIGKILL')
    assert.ok(await signs(root), `${again}`)
    assert.ok(await signs(await signers.open('production-root')), `${again}`)
  }
  const token = openToken({ name: 'x', module: made.soft.module, token: { token: 'Roots' } })
  t.after(() => token.close())
  assert.equal((await token.facts()).pin.wasWrong, false)
})

test('keys of a token that is no longer configured are away, and those in files stay where they are', async (t) => {
  const made = await scene(t)
  if (!made) return
  const before = (await made.open({})).signers
  await before.generate('production-desk', 'ec-p256', 'authority')
  const both = (await made.open()).signers
  await both.generate('production-root', 'ec-p384', 'root')
  await both.generate('production-machines', 'ec-p256', 'authority')
  assert.ok(await signs(await both.open('production-desk')))
  const without = (await made.open({})).signers
  assert.equal(await without.rootCustody(), 'away')
  await assert.rejects(
    without.open('production-machines'),
    (error: unknown) => hasDeskCode(error, 'token_unavailable') && error.facts.token === 'Daily',
  )
  assert.ok(await signs(await without.open('production-desk')))
  assert.equal((await readdir(made.folder)).filter((name) => name.endsWith('.key')).length, 3)
})

test('a token that others could open is not used: its PIN file is refused by its mode', async (t) => {
  const made = await scene(t)
  if (!made) return
  if (process.platform === 'win32') return t.skip('no such modes')
  const { signers } = await made.open()
  const pin = join(made.soft.folder, 'Daily.pin')
  await rm(pin)
  await writeFile(pin, '1234', { mode: 0o644 })
  await assert.rejects(signers.generate('production-desk', 'ec-p256', 'authority'), is('passphrase_file_exposed'))
})

test('two tokens of one label are told apart by their serial numbers, and a record says in which its key is', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const [uri] = [await soft.make('HSM'), await soft.make('HSM')]
  const slots = spawnSync('softhsm2-util', ['--show-slots'], { encoding: 'utf8' }).stdout
  const [one, other] = [...new Set([...slots.matchAll(/Serial number:\s*([0-9a-f]+)/g)].map(([, serial]) => serial!))]
  const of = (serial: string | undefined) => uri.replace('token=HSM', `token=HSM;serial=${serial}`)
  const paths = { folder: join(soft.folder, 'keys'), masterKeyFile: join(soft.folder, 'master.key') }
  const open = async (tokens: object): Promise<Keys> => {
    const keys = await openKeys({ ...paths, tokens })
    t.after(() => keys.signers.close())
    return keys
  }
  const apart = { authority: of(one), responder: of(other) }
  const { signers } = await open(apart)
  await signers.generate('production-machines', 'ec-p256', 'authority')
  await signers.generate('ocsp-1', 'ec-p256', 'responder')
  const again = (await open(apart)).signers
  for (const keyId of ['production-machines', 'ocsp-1']) assert.ok(await signs(await again.open(keyId)), keyId)
  const record = JSON.parse(await readFile(join(paths.folder, 'ocsp-1.key'), 'utf8'))
  assert.deepEqual([record.token, record.serial], ['HSM', other])

  // The uses have changed their tokens: a key is where it was made.
  const crossed = (await open({ authority: of(other), responder: of(one) })).signers
  for (const keyId of ['production-machines', 'ocsp-1']) assert.ok(await signs(await crossed.open(keyId)), keyId)
  // One alone of that label: what was put in the place of another has its keys, or has not.
  const alone = (await open({ authority: of(one) })).signers
  assert.ok(await signs(await alone.open('production-machines')))
  await assert.rejects(alone.open('ocsp-1'), isAway('HSM'))
})

test('a record that names no serial number means the one token of its label, and none where there are two', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const uri = await soft.make('HSM')
  const paths = { folder: join(soft.folder, 'keys'), masterKeyFile: join(soft.folder, 'master.key') }
  const first = await openKeys({ ...paths, tokens: { authority: uri } })
  t.after(() => first.signers.close())
  await first.signers.generate('production-machines', 'ec-p256', 'authority')
  const ring = await openRing(paths.folder, paths)
  const records = tokenRecords(paths.folder, ring)
  const { serial, ...without } = (await records.read('production-machines'))!
  await rm(join(paths.folder, 'production-machines.key'))
  await records.write('production-machines', without)
  assert.ok(await signs(await first.signers.open('production-machines')))
  await soft.make('HSM')
  const slots = spawnSync('softhsm2-util', ['--show-slots'], { encoding: 'utf8' }).stdout
  const other = [...slots.matchAll(/Serial number:\s*([0-9a-f]+)/g)]
    .map(([, one]) => one!)
    .find((one) => one !== serial)
  const of = (one: string | undefined) => uri.replace('token=HSM', `token=HSM;serial=${one}`)
  const both = await openKeys({ ...paths, tokens: { authority: of(serial), responder: of(other) } })
  t.after(() => both.signers.close())
  await assert.rejects(both.signers.open('production-machines'), isAway('HSM'))
})
