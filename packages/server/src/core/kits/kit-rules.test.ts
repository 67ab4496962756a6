import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KitProfile } from '../profiles/for-kits.ts'
import { parseProfile } from '../profiles/parse-profile.ts'
import { formOf } from './kit-rules.ts'

const PROFILE = parseProfile({
  ...{
    name: 'ws',
    title: { en: 'W', fr: 'P' },
    description: { en: 'W.', fr: 'P.' },
    family: 'machine',
    managers: true,
  },
  ...{ standingApproval: true, revocable: true, issuer: 'machines', validityDays: 365 },
  ...{ keys: ['ec-p256'], proposedKey: 'ec-p256', keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature'] } },
  ...{ extendedKeyUsage: ['clientAuth'], commonName: 'machine-fingerprint', names: 'none', organisationalUnit: 'OU' },
  ...{ ocspNoCheck: false, revocationAddresses: true },
}) as KitProfile

test('a field that comes to profiles later, and says nothing of one, leaves the kits of that one as they are', async () => {
  const form = await formOf(PROFILE)
  assert.equal(
    form,
    '54b70727560d4d658f359fa490b4098e03f8a5317fa738d61f181a9f3e39d965',
    'kits that were handed out say this',
  )
  for (const later of [undefined, false, []]) {
    assert.equal(await formOf({ ...PROFILE, later } as KitProfile), form, JSON.stringify(later))
  }
  for (const later of [true, ['x'], '', 0, null]) {
    assert.notEqual(await formOf({ ...PROFILE, later } as KitProfile), form, JSON.stringify(later))
  }
})

test('whatever becomes of a certificate changes the form, and what does not leaves it', async () => {
  const form = await formOf(PROFILE)
  const changes: readonly Partial<KitProfile>[] = [
    ...([{ revocable: false }, { validityDays: 366 }, { family: 'service' }, { revocationAddresses: false }] as const),
    ...([{ ocspNoCheck: true }, { names: 'dNSName' }, { extendedKeyUsage: [] }, { organisationalUnit: 'ou' }] as const),
  ]
  const forms = await Promise.all(changes.map((change) => formOf({ ...PROFILE, ...change })))
  const { organisationalUnit: _, ...without } = PROFILE
  forms.push(await formOf(without as KitProfile))
  assert.equal(new Set([form, ...forms]).size, changes.length + 2)
  const others = [{ managers: false }, { title: { en: 'X', fr: 'Y' } }, { standingApproval: false }] as const
  for (const other of others) assert.equal(await formOf({ ...PROFILE, ...other }), form)
})
