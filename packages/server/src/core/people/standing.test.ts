import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Instant, instant, later, MINUTE } from '../world.ts'
import { requireStanding, type Standing, standingOf } from './standing.ts'

const NOW = instant(new Date('2026-06-01T12:00:00Z'))
const IDLE = 30 * MINUTE
const moment = (milliseconds: number): Instant => later(NOW, milliseconds)

type Change = { readonly [K in keyof Standing]?: object | undefined }

/** Somebody who stands, but for what is changed. */
const standing = (change: Change = {}): Standing => {
  const session = { lastSeenAt: NOW, expiresAt: moment(60 * MINUTE), ...change.session }
  const person = { state: 'active', ...change.person }
  const certificate =
    'certificate' in change && !change.certificate ? undefined : { notAfter: NOW, ...change.certificate }
  return { session, person, certificate, organisation: undefined } as Standing
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

test('a session stands while it is open, seen lately, of an active person, with a good certificate; each alone ends it', () => {
  const certificate = requireStanding(standing(), NOW, IDLE)
  assert.equal(certificate.notAfter, NOW, 'to its last moment')
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
    [{ certificate: undefined }, 'session_ended certificate'],
    [{ certificate: { revoked: { at: NOW, reason: 'superseded' } } }, 'session_ended certificate'],
    [{ certificate: { notAfter: moment(-1) } }, 'session_ended certificate'],
  ] as const) {
    assert.equal(refusal(change), says, JSON.stringify(change))
  }
})

test('a session whose person is gone is nobody’s', async () => {
  const stores = { people: { find: async () => undefined }, certificates: { find: () => assert.fail('asked') } }
  const session = { environment: 'production', person: 'x', certificate: 'y' }
  const found = await standingOf(...([stores, session] as unknown as Parameters<typeof standingOf>))
  assert.equal(found, undefined)
})
