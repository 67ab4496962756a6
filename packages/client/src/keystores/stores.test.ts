import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { softTokens } from '@scel/pkcs11/testing'
import { folderFor } from '@scel/testkit/peers'
import { makePaths } from '../state/paths.ts'
import { FILES } from './file-layout.ts'
import { chosenStore, knownStores, storeHolding } from './index.ts'
import type { StorePlace } from './store-kind.ts'

const holder = { desk: 'production-0123456789ab', name: 'ws-abcdefghijklmnopqrstuvwxyz' }

test('a key is made in the store that is named, and in files where none is', async (t) => {
  const folder = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home: folder }, { state: folder, machine: folder })
  const place: StorePlace = { scope: 'user', paths, platform: 'linux' }
  assert.equal((await chosenStore(undefined, place)).name, 'file')
  assert.equal((await chosenStore('file', place)).name, 'file')
  for (const name of ['', 'File', 'drawer']) {
    await assert.rejects(chosenStore(name, place), { code: 'store_unsupported', facts: { store: name } })
  }
})

test('a key is found in the store that holds it, under the desk it was made for', async (t) => {
  const folder = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home: folder }, { state: folder, machine: `${folder}/machine` })
  const place: StorePlace = { scope: 'machine', paths, platform: 'linux' }
  const { key } = await (await chosenStore('file', place)).make(holder, 'ec-p256')
  assert.ok(await (await storeHolding(holder.desk, key, place)).find(holder.desk, key))
  const found = await Promise.all((await knownStores(place)).map((store) => store.list()))
  assert.deepEqual(
    found.flat().map((identity) => identity.key),
    [key],
  )
  const users = await knownStores({ ...place, scope: 'user' })
  assert.deepEqual((await Promise.all(users.map((store) => store.list()))).flat(), [])
})

test('one damaged record of a key in a token, or one certificate that does not read, is told and keeps nobody from the others', async (t) => {
  const folder = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home: folder }, { state: folder, machine: `${folder}/machine` })
  const place: StorePlace = { scope: 'user', paths, platform: 'linux' }
  const files = await chosenStore('file', place)
  const [good, bad] = [await files.make(holder, 'ec-p256'), await files.make(holder, 'ec-p256')]
  const certificate = join(paths.userStore, holder.desk, holder.name, bad.key, FILES.certificate)
  await writeFile(certificate, '-----BEGIN CERTIFICATE-----\nx')
  const record = join(paths.userTokens, holder.desk, holder.name, '0123456789abcdef')
  await mkdir(record, { recursive: true })
  await writeFile(join(record, 'token.json'), '{"format":')
  const told: string[] = []
  const stores = await knownStores(place)
  for (const store of stores) await assert.rejects(store.list(), /./, store.name)
  const found = await Promise.all(
    stores.map((store) => store.list((error, where) => told.push(`${(error as { code: string }).code} ${where}`))),
  )
  assert.deepEqual(
    found.flat().map(({ key }) => key),
    [good.key],
  )
  assert.deepEqual(told.sort(), [
    `key_file_malformed ${record}`,
    `pem_malformed ${join(paths.userStore, holder.desk, holder.name, bad.key)}`,
  ])
  // Whoever needs that very one hears why it is none; nobody else does.
  const [, tokens] = stores
  await assert.rejects(tokens!.find(holder.desk, '0123456789abcdef'), { code: 'key_file_malformed' })
  assert.equal(await tokens!.find(holder.desk, good.key), undefined)
})

test('the PIN of a token whose URI says no file is asked for, once, and lies nowhere', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const folder = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home: folder }, { state: folder, machine: `${folder}/machine` })
  const uri = (await soft.make('Workstation', '24680')).replace(/[?&]pin-source=[^&]*/, '')
  const asked: string[] = []
  const place = (pin: string): StorePlace => ({
    ...{ scope: 'user', paths, platform: 'linux' },
    askPin: async (token) => {
      asked.push(token)
      return pin
    },
  })
  const store = await chosenStore(uri, place('24680'))
  await store.present()
  const { key } = await store.make(holder, 'ec-p256')
  assert.deepEqual(asked, ['Workstation'])
  const record = await readFile(join(paths.userTokens, holder.desk, holder.name, key, 'token.json'), 'utf8')
  assert.ok(!record.includes('24680') && !record.includes('pin'))
  const again = await storeHolding(holder.desk, key, place('24680'))
  const identity = (await again.find(holder.desk, key))!
  await assert.doesNotReject(again.use(identity))
  assert.equal(asked.length, 2)
  // What signs in a handshake, in a thread of its own, gets it too, and nobody is asked again.
  assert.ok('privateKeyEngine' in (await again.tls(identity)))
  assert.equal(asked.length, 2)
  const wrong = await chosenStore(uri, place('00000'))
  await assert.rejects(wrong.present(), { code: 'key_unavailable' })
  const nobody = await chosenStore(uri, { scope: 'user', paths, platform: 'linux' })
  await assert.rejects(nobody.make(holder, 'ec-p256'), { code: 'key_unavailable' })
})
