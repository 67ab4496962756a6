import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProfileFamily } from '@scel/contract/values'
import { generateKeyPair } from '@scel/pki/crypto'
import { buildName } from '@scel/pki/x509'
import { csrOf, profilesAnd, refused } from '../../../test/rules-desk.ts'
import { proveCsr } from '../issuance/csr.ts'
import { personOwner } from '../owner.ts'
import { layDown, type Terms } from './wish.ts'

const PROFILES = profilesAnd({
  ...{ name: 'mail', title: { en: 'Mail', fr: 'Courrier' }, description: { en: 'Mail.', fr: 'Courrier.' } },
  ...{ family: 'person', managers: false, standingApproval: false, revocable: true, issuer: 'people' },
  ...{ validityDays: 365, keys: ['ec-p256'], proposedKey: 'ec-p256', ocspNoCheck: false, revocationAddresses: true },
  ...{ keyUsage: { rsa: ['digitalSignature'], ec: ['keyAgreement'] }, extendedKeyUsage: ['emailProtection'] },
  ...{ commonName: 'person-name', names: 'rfc822Name' },
})
const ADA = { commonName: 'Ada Élan', names: ['ada@example.org'] }
const subject = buildName([{ type: 'commonName', value: ADA.commonName }]).der
const terms = (profile: string, families: readonly ProfileFamily[]): Terms => ({
  ...{ environment: 'production', profile, families, keys: ['ec-p256'] },
  ...{ owner: personOwner('ada'), origin: { kind: 'file', id: 'ada', name: 'Ada', of: 'ada' } },
  holder: { ...ADA, subject },
})
const csr = async () =>
  proveCsr(await csrOf(await generateKeyPair('ec-p256'), [{ type: 'commonName', value: 'somebody.example.org' }]), [
    'ec-p256',
  ])

test('what is laid down by whose it is says nothing of the CSR but its key, and is of no organisation', async () => {
  const proven = await csr()
  const wish = layDown(proven, terms('mail', ['person']), PROFILES)
  assert.deepEqual([wish.commonName, wish.names, wish.subject, wish.key], [...Object.values(ADA), subject, proven.key])
  assert.equal(wish.subjectKey, 'ada élan')
  assert.ok(!('organisation' in wish || 'service' in wish || 'store' in wish))
})

test('an origin asks for profiles of its own families, and for no other', async () => {
  const proven = await csr()
  const asked = (profile: string, families: readonly ProfileFamily[]) => async () =>
    layDown(proven, terms(profile, families), PROFILES)
  await assert.rejects(asked('mail', ['machine', 'service']), refused('profile_not_for_origin', { profile: 'mail' }))
  await assert.rejects(asked('workstation', ['person']), refused('profile_not_for_origin', { profile: 'workstation' }))
  await assert.rejects(asked('none', ['person']), refused('profile_unknown', { profile: 'none' }))
})
