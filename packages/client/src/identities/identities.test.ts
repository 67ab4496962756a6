import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Identity, KeyStore } from '../keystores/index.ts'
import { CliError } from '../ui/cli-error.ts'
import { openIdentities } from './identities.ts'

const identity = (name: string, certificate?: Uint8Array): Identity => ({
  ...{ holder: { desk: 'production-0123456789ab', name }, key: name, place: 'a drawer', madeAt: new Date(0) },
  ...{ chain: [], current: true, ...(certificate ? { certificate } : {}) },
})

test('stores are looked through once a run, and a folder that is damaged is told once', async () => {
  const [lists, told]: [string[], string[]] = [[], []]
  const store = (name: string, identities: readonly Identity[]): KeyStore => {
    const list: KeyStore['list'] = async (complain) => {
      lists.push(name)
      complain?.(new Error('damaged'), '/drawer/damaged')
      return [...identities]
    }
    return { name, list } as Partial<KeyStore> as KeyStore
  }
  const identities = openIdentities({
    stores: async (scope) =>
      scope === 'user'
        ? [store('drawer', [identity('key alone'), identity('whole', Uint8Array.of(1))])]
        : [store('safe', [])],
    complain: (_, folder) => told.push(folder),
  })
  const names = (found: readonly { readonly identity: Identity }[]): string[] => found.map((one) => one.identity.key)
  assert.deepEqual(names(await identities.certified()), ['whole'])
  assert.deepEqual(names(await identities.all()), ['key alone', 'whole'])
  assert.deepEqual([lists, told], [['drawer', 'safe'], ['/drawer/damaged']])
})

test('a machine’s store that its administrators alone may read keeps nobody’s own from being found', async () => {
  const closed = { list: async () => Promise.reject(new CliError('file_unreadable', { file: '/safe' })) }
  const open = { list: async () => [identity('own')] }
  const of = (user: object, machine: object) =>
    openIdentities({
      stores: async (scope) => [(scope === 'user' ? user : machine) as KeyStore],
      complain: (error) => assert.fail(String(error)),
    })
  assert.equal((await of(open, closed).all()).length, 1)
  await assert.rejects(of(closed, open).all(), { code: 'file_unreadable' })
})
