import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Environment, RevocationReason } from '@scel/contract/values'
import { refused } from '../../../test/rules-desk.ts'
import { applicantOwner, type Owner, personOwner, THE_DESK } from '../owner.ts'
import type { Stores } from '../work.ts'
import { type HeldKey, type Holder, holderFor } from './holder.ts'
import { holdKey, keepKey, lostKey, requireUsableKey } from './usable-key.ts'

const NOW = '2026-06-01T12:00:00.000Z'
const SUBJECT = { organisation: 'post', subjectKey: 'ws-a' }
const ANN = holderFor(applicantOwner('ann'), SUBJECT)
const HELD: HeldKey = { environment: 'production', key: 'k', holder: ANN }
const ELSEWHERE: HeldKey = { ...HELD, environment: 'test' }

interface Known {
  readonly holders?: readonly HeldKey[]
  readonly revoked?: readonly (readonly [Environment, RevocationReason, Owner?])[]
}

/** What the desk knows of the key, and what is written of it. */
function storesOf({ holders = [], revoked = [] }: Known = {}) {
  const written: HeldKey[] = []
  const asked: string[] = []
  const stores = {
    keys: {
      holdersOf: async (key: string) => {
        asked.push(key)
        return holders
      },
      hold: async (held: HeldKey) => void written.push(held),
      revocationsOf: async () =>
        revoked.map(([environment, reason, owner = ANN.owner]) => ({ environment, reason, owner })),
    },
  }
  return { stores: stores as unknown as Pick<Stores, 'keys' | 'services'>, written, asked }
}

test('a revoked key is certified no more where it was revoked, and nowhere where it may be somebody else’s', async () => {
  const usable = (...revoked: NonNullable<Known['revoked']>) => requireUsableKey(storesOf({ revoked }).stores, HELD)
  const no = refused('csr_key_revoked')
  await assert.rejects(usable(['production', 'superseded']), no)
  await assert.rejects(usable(['production', 'keyCompromise']), no)
  await assert.rejects(usable(['test', 'keyCompromise']), no)
  assert.equal((await usable(['test', 'superseded'])).isTheirs, false)
})

test('a key is theirs where they have it; what they have of it elsewhere does not make it theirs here', async () => {
  const theirs = async (...holders: HeldKey[]) => (await requireUsableKey(storesOf({ holders }).stores, HELD)).isTheirs
  assert.equal(await theirs(HELD), true)
  assert.equal(await theirs(ELSEWHERE), false)
  const { stores, written } = storesOf({ holders: [ELSEWHERE] })
  await holdKey(stores, HELD, NOW)
  assert.deepEqual(written, [HELD])
})

test('what is theirs already is theirs beside another applicant elsewhere, and not beside a person or the desk', async () => {
  const beside = (holder: Holder) => storesOf({ holders: [HELD, { ...ELSEWHERE, holder }] }).stores
  assert.equal((await requireUsableKey(beside(holderFor(applicantOwner('bob'), SUBJECT)), HELD)).isTheirs, true)
  for (const owner of [personOwner('ann'), THE_DESK]) {
    await assert.rejects(requireUsableKey(beside({ owner }), HELD), refused('csr_key_in_use'))
  }
})

test('what was found of a key in this unit is not asked again; what was found of another key or holder is worth nothing', async () => {
  const same = storesOf()
  await holdKey(same.stores, HELD, NOW, { held: { ...HELD, holder: { ...ANN } }, isTheirs: false })
  assert.deepEqual([same.asked, same.written], [[], [HELD]])
  const others: readonly HeldKey[] = [
    ELSEWHERE,
    { ...HELD, key: 'another' },
    { ...HELD, holder: { owner: THE_DESK } },
    { ...ELSEWHERE, key: 'another' },
  ]
  for (const held of others) {
    const { stores, asked, written } = storesOf()
    await holdKey(stores, HELD, NOW, { held, isTheirs: true })
    assert.deepEqual([asked, written], [['k'], [HELD]])
  }
})

test('a key that is lost when its certificate is made is given to nobody; one that is nobody’s is theirs from then on', async () => {
  const lost = storesOf({ revoked: [['test', 'keyCompromise']] })
  assert.equal(await lostKey(lost.stores, HELD), 'csr_key_revoked')
  assert.equal(await keepKey(lost.stores, HELD, NOW), 'csr_key_revoked')
  assert.deepEqual(lost.written, [])
  const others = storesOf({ holders: [{ ...HELD, holder: { owner: THE_DESK } }] })
  assert.equal(await keepKey(others.stores, HELD, NOW), 'csr_key_in_use')
  assert.deepEqual(others.written, [])
  const free = storesOf({ revoked: [['production', 'superseded']] })
  assert.equal(await keepKey(free.stores, HELD, NOW), undefined)
  assert.deepEqual(free.written, [HELD])
})
