import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refused } from '../../../test/rules-desk.ts'
import type { PersonActor } from '../actor.ts'
import type { Authority } from '../authorities/authority.ts'
import type { RootCustody } from '../issuance/signer.port.ts'
import type { Reading } from '../work.ts'
import type { Instant } from '../world.ts'
import { createCeremonies } from './ceremonies.ts'

const UNTIL = '2030-01-01T00:00:00.000Z' as Instant

/** Ceremonies of a desk with a list of each kind to be published, and an authority that was begun. */
function ceremonies(custody: RootCustody) {
  const of = (environment: 'production' | 'test', purpose: 'root' | 'people'): Authority =>
    ({ environment, purpose }) as Authority
  const lists = [
    { authority: of('production', 'root'), until: UNTIL },
    { authority: of('production', 'people'), until: UNTIL },
    { authority: of('test', 'root'), until: undefined },
  ]
  const open = [{ environment: 'test', purpose: { kind: 'authority' } }, { purpose: { kind: 'certificate' } }]
  const done: unknown[] = []
  const held = createCeremonies({
    work: { read: async (run: (stores: object) => unknown) => run({ intents: { open: async () => open } }) } as Reading,
    signers: { rootCustody: async () => custody },
    hierarchy: {
      ending: async () => [{ environment: 'production', notAfter: UNTIL }],
      ensure: async (which: unknown) => {
        done.push(['make', which])
        return 1
      },
    } as never,
    issuance: {
      recover: async (which: unknown) => {
        done.push(['sign', which])
        return { completed: 2, failed: [] }
      },
    } as never,
    revocation: {
      due: async () => lists,
      publishDue: async (which: unknown) => {
        done.push(['publish', which])
        return 3
      },
    } as never,
  })
  return { ...held, done }
}

const ENDING = { environment: 'production', what: 'authority', until: UNTIL }

test('where the root has a passphrase of its own, its lists and authorities wait for somebody; other lists do not', async () => {
  for (const custody of ['open', 'away'] as const) {
    assert.deepEqual(await ceremonies(custody).due(), [
      ENDING,
      { environment: 'test', what: 'authority' },
      { environment: 'production', what: 'list', until: UNTIL },
      { environment: 'test', what: 'list' },
    ])
  }
})

test('where the root shares the secret of daily work, only an authority that will end waits for somebody', async () => {
  assert.deepEqual(await ceremonies('shared').due(), [ENDING])
})

test('what waits is said to who has the right to read of authorities, for their environment, and to nobody else', async () => {
  const actor = (...grants: PersonActor['grants']) =>
    ({ environment: 'test', grants }) as Partial<PersonActor> as PersonActor
  const auditor = actor({ id: 'g', role: 'auditor' })
  assert.deepEqual(await ceremonies('open').dueFor(auditor), [
    { environment: 'test', what: 'authority' },
    { environment: 'test', what: 'list' },
  ])
  assert.equal(await ceremonies('open').dueFor(actor()), undefined)
})

test('a ceremony needs the root’s passphrase, and then signs, makes and publishes what only a root can', async () => {
  const away = ceremonies('away')
  await assert.rejects(away.hold(), refused('root_passphrase_needed'))
  assert.deepEqual(away.done, [])
  const { hold, done } = ceremonies('open')
  assert.deepEqual(await hold(), { recovered: { completed: 2, failed: [] }, made: 1, lists: 3 })
  assert.deepEqual(done, [
    ['sign', { ceremonies: 'alone' }],
    ['make', 'ending'],
    ['publish', 'roots'],
  ])
})
