import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Instant, instant, later, MINUTE } from '../../world.ts'
import { type Grant, grantedBy, isOpen, stands } from './grant.ts'

const NOW = instant(new Date('2026-06-01T12:00:00Z'))
const moment = (milliseconds: number): Instant => later(NOW, milliseconds)
const grant = (change: Partial<Grant> = {}): Grant => ({
  ...{ id: 'g', environment: 'production', person: 'p', role: 'auditor', place: { kind: 'environment' }, from: NOW },
  givenBy: { kind: 'desk', name: 'host' },
  ...change,
})
const asked = { id: 'a', name: 'Ada' }

test('a grant holds until it is ended or over, and while nobody has yet to confirm it', () => {
  for (const [change, open, standing] of [
    [{}, true, true],
    [{ until: NOW }, false, false],
    [{ until: moment(1) }, true, true],
    [{ ended: { at: NOW, by: asked } }, false, false],
    [{ confirmation: { asked } }, true, false],
    [{ confirmation: { asked, given: { ...asked, at: NOW } } }, true, true],
    // Given under a clock that was ahead: one with an end would have it too late.
    [{ from: moment(5 * MINUTE), until: moment(9 * MINUTE) }, true, true],
    [{ from: moment(5 * MINUTE + 1), until: moment(9 * MINUTE) }, false, false],
    [{ from: moment(5 * MINUTE + 1) }, true, true],
  ] as const) {
    assert.deepEqual([isOpen(grant(change), NOW), stands(grant(change), NOW)], [open, standing], JSON.stringify(change))
  }
})

test('an actor carries those that hold, with the organisation that each is of', () => {
  const post = grant({ id: 'h', role: 'manager', place: { kind: 'organisation', id: 'post' } })
  assert.deepEqual(grantedBy([grant(), grant({ until: NOW }), post], NOW), [
    { id: 'g', role: 'auditor' },
    { id: 'h', role: 'manager', organisation: 'post' },
  ])
})
