import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Certificate } from '../../certificates/certificate.ts'
import type { SettledConfig } from '../../config.ts'
import { createCredentialKinds } from '../../credential-kinds.ts'
import type { Credential } from '../../credentials/credential.ts'
import type { Readers } from '../../work.ts'
import { type Instant, instant, later, MINUTE } from '../../world.ts'
import type { Session } from './session.ts'
import { requireStanding, type Standing, standingOf } from './standing.ts'

const NOW = instant(new Date('2026-06-01T12:00:00Z'))
const IDLE = 30 * MINUTE
const moment = (milliseconds: number): Instant => later(NOW, milliseconds)

type Change = { readonly [K in 'session' | 'person' | 'fallen']?: object }

/** Somebody who stands, but for what is changed. */
const standing = (change: Change = {}): Standing => {
  const session = { lastSeenAt: NOW, expiresAt: moment(60 * MINUTE), ...change.session }
  const person = { state: 'active', ...change.person }
  return { session, person, grants: [], keys: [], ...change.fallen } as unknown as Standing
}

const refusal = (change: Change): string => {
  try {
    requireStanding(standing(change), NOW, IDLE)
    return 'stands'
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { reason?: string } }
    return [code, facts.reason].filter(Boolean).join(' ')
  }
}

test('a session stands while it is open, seen lately, of an active person, begun with what stands; each alone ends it', () => {
  assert.equal(refusal({}), 'stands')
  for (const [change, says] of [
    [{ session: { ended: { at: NOW, reason: 'signed_out' } } }, 'session_ended signed_out'],
    [{ session: { expiresAt: NOW } }, 'session_ended expired'],
    [{ session: { expiresAt: moment(1) } }, 'stands'],
    [{ session: { lastSeenAt: moment(-IDLE) } }, 'session_ended expired'],
    [{ session: { lastSeenAt: moment(1 - IDLE) } }, 'stands'],
    // Seen under a clock that was ahead.
    [{ session: { lastSeenAt: moment(5 * MINUTE) } }, 'stands'],
    [{ session: { lastSeenAt: moment(5 * MINUTE + 1) } }, 'session_ended expired'],
    [{ person: { state: 'disabled' } }, 'person_disabled'],
    [{ person: { state: 'invited' } }, 'person_disabled'],
    [{ fallen: { fallen: 'certificate' } }, 'session_ended certificate'],
    [{ fallen: { fallen: 'credential' } }, 'session_ended credential'],
  ] as const) {
    assert.equal(refusal(change), says, JSON.stringify(change))
  }
})

const CERTIFICATE = { id: 'c', environment: 'production', notAfter: NOW } as Certificate
const KINDS = createCredentialKinds({} as SettledConfig)
const WAY = {
  ...{
    id: 'w',
    environment: 'production',
    person: 'p',
    kind: 'certificate',
    strength: 'high',
    handle: 'a s',
    name: '',
  },
  ...{ certificate: 'c', createdAt: NOW },
} as const satisfies Credential
const LINK = {
  ...WAY,
  kind: 'link',
  strength: 'low',
  certificate: undefined,
  madeWith: 'made',
} as unknown as Credential

/** How a session that says it was begun with one of strength `high` stands, by what its credential and certificate say. */
async function fallen(credential: Credential | undefined, certificate: Partial<Certificate> | undefined = {}) {
  const stores = {
    people: { find: async () => ({ id: 'p', environment: 'production' }) },
    grants: { of: async () => [] },
    credentials: { find: async (_: unknown, id: string) => (id === 'made' ? WAY : credential) },
    certificates: {
      findBySerial: async (authority: string, serial: string) => {
        assert.deepEqual([authority, serial], ['a', 's'])
        return certificate ? { ...CERTIFICATE, ...certificate } : undefined
      },
      keysOfPerson: async () => ['k'],
    },
  }
  const session = { environment: 'production', person: 'p', credential: 'w', strength: credential?.strength ?? 'high' }
  const found = await standingOf(stores as unknown as Readers, KINDS, session as Session, NOW)
  assert.deepEqual(found?.keys, ['k'])
  return found?.fallen
}

const REVOKED = { revoked: { at: NOW, reason: 'superseded' } } as const
const ENDED = { ended: { at: NOW, reason: 'ended' } } as const

test('what was begun with a certificate stands to its last moment, until it is revoked or its credential is ended', async () => {
  assert.equal(await fallen(WAY), undefined)
  assert.equal(await fallen(WAY, { notAfter: moment(-1) }), 'certificate')
  assert.equal(await fallen(WAY, REVOKED), 'certificate')
  assert.equal(await fallen({ ...WAY, ...ENDED }), 'credential')
  assert.equal(await fallen(undefined), 'credential')
})

test('what was begun with a link stands while the certificate that it was made with is not revoked, though it may expire', async () => {
  assert.equal(await fallen(LINK), undefined)
  assert.equal(await fallen(LINK, { notAfter: moment(-1) }), undefined)
  assert.equal(await fallen(LINK, REVOKED), 'credential')
  assert.equal(await fallen({ ...LINK, ...ENDED }), 'credential')
})

test('a session is not of another person’s credential, nor stronger than it', async () => {
  assert.equal(await fallen({ ...WAY, person: 'q' }), 'credential')
  const weak = { ...WAY, strength: 'low' } as const
  const stores = {
    people: { find: async () => ({ id: 'p', environment: 'production' }) },
    grants: { of: async () => [] },
    credentials: { find: async () => weak },
    certificates: { find: async () => CERTIFICATE, keysOfPerson: async () => [] },
  }
  const session = { environment: 'production', person: 'p', credential: 'w', strength: 'high' }
  const found = await standingOf(stores as unknown as Readers, KINDS, session as Session, NOW)
  assert.equal(found?.fallen, 'credential')
})

test('a session whose person is gone is nobody’s', async () => {
  const stores = { people: { find: async () => undefined }, credentials: { find: () => assert.fail('asked') } }
  const session = { environment: 'production', person: 'x', credential: 'y' } as Session
  assert.equal(await standingOf(stores as unknown as Readers, KINDS, session, NOW), undefined)
})
