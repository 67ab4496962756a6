import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KitRules, kitRulesDigest } from './kit-file.ts'

const rules: KitRules = {
  environment: 'production',
  organisation: { code: 'J1CFRA', name: 'France-LA POSTE' },
  country: 'FR',
  profile: { name: 'workstation', title: { en: 'Workstation', fr: 'Poste de travail' } },
  form: 'a'.repeat(64),
  store: 'machine',
  commonName: 'machine-fingerprint',
  organisationalUnit: 'Workstation',
  keyUsage: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
  extendedKeyUsage: ['clientAuth'],
  keys: ['rsa-2048', 'ec-p256'],
  proposedKey: 'rsa-2048',
  decidedBy: 'manager',
  uses: 10,
  expiresAt: '2027-01-01T00:00:00.000Z',
}

test('the digest of a kit’s rules does not depend on the order of the fields', async () => {
  const { expiresAt, organisation, ...rest } = rules
  const shuffled = { expiresAt, ...rest, organisation: { name: organisation.name, code: organisation.code } }
  assert.equal(await kitRulesDigest(shuffled), await kitRulesDigest(rules))
})

test('the digest of a kit’s rules changes with any of them', async () => {
  const digest = await kitRulesDigest(rules)
  const altered: KitRules[] = [
    { ...rules, environment: 'test' },
    { ...rules, organisation: { ...rules.organisation, code: 'J1CFRB' } },
    { ...rules, keys: ['ec-p256', 'rsa-2048'] },
    { ...rules, uses: 11 },
  ]
  for (const other of altered) assert.notEqual(await kitRulesDigest(other), digest)
})
