import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Certificate } from '../certificates/certificate.ts'
import type { Readers } from '../work.ts'
import type { Credential } from './credential.ts'
import { isTrusted } from './is-trusted.ts'

const PRODUCTION = { environment: 'production' } as const
const BARE = { id: 'c', ...PRODUCTION, kind: 'link', handle: 'h' } as unknown as Credential
const CERTIFICATE = { ...BARE, kind: 'certificate', handle: 'a 1', certificate: 'c' } as unknown as Credential
const ENDED = { at: '2030-01-01T00:00:00.000Z', reason: 'ended' } as Credential['ended']
const OF = { environment: 'production' } as unknown as Certificate

const trusts = (credential: Credential | undefined, certificate?: Certificate) => {
  const stores = {
    credentials: { find: async () => credential },
    certificates: { findBySerial: async () => certificate },
  } as unknown as Readers
  return isTrusted(stores, PRODUCTION, 'c')
}

test('what was made with a credential goes on while nobody ended that one, and revoked its certificate', async () => {
  assert.equal(await trusts(BARE), true)
  assert.equal(await trusts(CERTIFICATE, OF), true)
  assert.equal(await trusts(undefined), false)
  assert.equal(await trusts({ ...BARE, ended: ENDED } as Credential), false)
  assert.equal(await trusts({ ...CERTIFICATE, ended: ENDED } as Credential, OF), false)
  assert.equal(await trusts(CERTIFICATE), false)
  assert.equal(await trusts(CERTIFICATE, { ...OF, revoked: ENDED } as unknown as Certificate), false)
})
