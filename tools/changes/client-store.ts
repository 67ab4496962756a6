import type { Change } from './change.ts'

const STORES = 'packages/client/src/keystores'

/** Keys that last as long as the run. */
export const clientStore: Change = {
  row: 'new certificate store of the client',
  before: 'did not fit: some 20, and a migration',
  made: {
    [`${STORES}/memory.ts`]: `import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, type PrivateKey } from '@scel/pki/crypto'
import { stop } from '../ui/cli-error.ts'
import { adoptedKey, checkPresent, holderNameOf } from './adoption.ts'
import { fullchainOf } from './certified-files.ts'
import { keyId } from './key-id.ts'
import type { Identity, KeyStore } from './key-store.ts'
import type { StoreKind } from './store-kind.ts'

/** Keys in memory, which are gone when the run ends. */
export const memory: StoreKind = {
  name: 'memory',
  known: async () => [store],
  named: async (name) => (name === 'memory' ? store : undefined),
}

const kept = new Map<string, { readonly identity: Identity; readonly use: PrivateKey }>()
const keptOf = ({ key }: Pick<Identity, 'key'>) => kept.get(key) ?? stop('certificate_key_absent')

const store: KeyStore = {
  name: 'memory',
  present: async () => {},
  list: async () => [...kept.values()].map(({ identity }) => identity),
  async make(holder, spec) {
    const { privateKey: use, publicKey } = await generateKeyPair(spec)
    const key = await keyId(publicKey)
    kept.set(key, { use, identity: { holder, key, place: 'memory', madeAt: new Date(), chain: [], current: false } })
    return { key, use }
  },
  async add({ key, certificate, chain }) {
    const { identity: before, use } = keptOf({ key })
    const identity = { ...before, certificate, chain, current: true }
    kept.set(key, { use, identity })
    return { changed: before.certificate !== certificate, identity }
  },
  async adopt(material, wish) {
    const key = await adoptedKey(material)
    const before = await store.find(undefined, key)
    checkPresent(before, material, wish)
    const { key: use, ...certified } = material
    const holder = { name: holderNameOf(certified.certificate) }
    const identity = { ...certified, holder, key, place: 'memory', madeAt: new Date(), current: true }
    kept.set(key, { use, identity })
    return { changed: before?.certificate !== certified.certificate, identity }
  },
  export: async (identity) => keptOf(identity).use,
  find: async (desk, key) => {
    const identity = kept.get(key)?.identity
    return identity?.holder.desk === desk ? identity : undefined
  },
  use: async (identity) => keptOf(identity).use,
  tls: async ({ key, certificate, chain }) => ({
    key: pemEncode('PRIVATE KEY', await exportPrivateKey(keptOf({ key }).use)),
    cert: certificate ? fullchainOf({ certificate, chain }) : '',
  }),
  remove: async ({ key }) => void kept.delete(key),
}
`,
  },
  edits: [
    {
      ...{ file: `${STORES}/stores.ts`, put: 'after', at: "  async () => (await import('./pkcs11.ts')).tokens,\n" },
      text: "  async () => (await import('./memory.ts')).memory,\n",
    },
  ],
  seenBy: {
    [`${STORES}/memory.test.ts`]: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify } from '@scel/testkit/authority'
import { folderFor } from '@scel/testkit/peers'
import { makePaths } from '../state/paths.ts'
import { chosenStore, knownStores, storeHolding } from './index.ts'

test('a key is made, certified and found in the store that a person names', async (t) => {
  const folder = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home: folder }, { state: folder, machine: folder })
  const place = { scope: 'user', paths, platform: 'linux' } as const
  const store = await chosenStore('memory', place)
  const { key, use } = await store.make({ desk: 'd', name: 'ws' }, 'ec-p256')
  assert.equal(await storeHolding('d', key, place), store)
  const { certificate } = await certify({ name: 'CN=ws', publicKey: use.publicKey })
  await store.add({ desk: 'd', key, certificate: certificate.der, chain: [] })
  const all = await Promise.all((await knownStores(place)).map((one) => one.list()))
  assert.deepEqual(
    all.flat().map(({ holder, current }) => [holder.name, current]),
    [['ws', true]],
  )
})

test('a key that no desk knows is listed, and is not handed out for a desk', async () => {
  const place = { scope: 'user', paths: makePaths({ env: {}, platform: 'linux', home: '/' }, {}), platform: 'linux' } as const
  const store = await chosenStore('memory', place)
  const { certificate, keys } = await certify({ name: 'CN=Ana' })
  const material = { key: keys.privateKey, certificate: certificate.der, chain: [] }
  const { identity } = await store.adopt(material)
  assert.deepEqual([(await store.adopt(material)).changed, await store.find('d', identity.key)], [false, undefined])
  assert.deepEqual(
    (await store.list()).flatMap(({ holder }) => (holder.desk === undefined ? [holder.name] : [])),
    ['Ana'],
  )
})
`,
  },
}
