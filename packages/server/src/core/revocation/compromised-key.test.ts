import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCertificate } from '@scel/pki/x509'
import { derOf, firstAdministrator, openRulesDesk } from '../../../test/rules-desk.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { sha256 } from '../hash.ts'
import { applicantOwner } from '../owner.ts'
import type { Stores } from '../work.ts'
import { reachOf } from './compromised-key.ts'

const ANN = applicantOwner('ann')

test('a compromise ends what is valid, gives its reason to what was revoked for another, and marks what is over', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const der = derOf((await firstAdministrator(core)).certificate)
  const { serialHex: serial, publicKey } = parseCertificate(der)
  const key = await sha256(publicKey.spki)
  const people = (await work.read(({ authorities }) => authorities.all())).find(
    ({ environment, purpose }) => environment === 'production' && purpose === 'people',
  )!
  const [now, before, after] = ['2026-06-01T12:00:00.000Z', '2026-06-01T11:59:59.999Z', '2026-07-01T00:00:00.000Z']
  const row = (id: string, notAfter: string, reason?: string) =>
    ({
      id,
      notAfter,
      ...{ der, key, serial, authority: people.id },
      owner: ANN,
      ...(reason ? { revoked: { at: before, reason } } : {}),
    }) as unknown as Certificate
  const all = [
    row('valid', after),
    row('in its last moment', now),
    row('over', before),
    row('superseded', after, 'superseded'),
    row('superseded and over', before, 'superseded'),
    row('compromised', after, 'keyCompromise'),
  ]
  const reach = async (asked: Certificate) => {
    const everyOfKey = async () => [...all, ...(all.includes(asked) ? [] : [asked])]
    const authorities = { find: async () => people }
    const stores = { authorities, certificates: { everyOfKey }, intents: { open: async () => [] } } as unknown as Stores
    const { ending, rewritten, past } = await reachOf(stores, asked, now)
    return [ending, rewritten, past].map((list) => list.map(({ id }) => id))
  }
  const [valid, last, over] = [['valid', 'in its last moment'], ['superseded'], ['over', 'superseded and over']]
  assert.deepEqual(await reach(all[0]!), [valid, last, over])
  const asked = 'asked about'
  assert.deepEqual(await reach(row(asked, before)), [[...valid, asked], last, over])
  assert.deepEqual(await reach(row(asked, before, 'superseded')), [valid, [...last, asked], over])
})
