import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folderFor } from '../../test/openssl.ts'
import { makePaths } from '../state/paths.ts'
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
