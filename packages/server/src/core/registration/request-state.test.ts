import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REQUEST_STATES } from '@scel/contract/values'
import { refused } from '../../../test/rules-desk.ts'
import { mayBecome, requireStep, requireUndecided } from './request-state.ts'

test('the steps are those of the drawing, and no others', () => {
  const steps = REQUEST_STATES.flatMap((from) =>
    REQUEST_STATES.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
  )
  assert.deepEqual(steps, [
    'pending → approved',
    'pending → rejected',
    'pending → cancelled',
    'pending → expired',
    'approved → installed',
    'approved → downloaded',
    'approved → revoked',
    'approved → expired',
    'installed → revoked',
    'installed → expired',
    'downloaded → installed',
    'downloaded → revoked',
    'downloaded → expired',
  ])
})

test('an impossible step is refused with the request, its state and what was wanted', () => {
  const step = () => requireStep({ number: 7, state: 'cancelled' }, 'installed')
  assert.throws(step, refused('request_state_impossible', { request: 7, state: 'cancelled', wanted: 'installed' }))
})

test('whoever decides second is told who decided what, and when', () => {
  const decided = { number: 7, state: 'rejected', decidedBy: 'Mia', decidedAt: '2026-11-20T12:00:00.000Z' } as const
  const facts = { request: 7, state: 'rejected', by: 'Mia', at: '2026-11-20T12:00:00.000Z' }
  assert.throws(() => requireUndecided(decided, 'approved'), refused('request_decided_already', facts))
})

test('what nobody decided and yet ended is an impossible step, not a decision', () => {
  const ended = { number: 7, state: 'expired' } as const
  assert.throws(() => requireUndecided(ended, 'approved'), refused('request_state_impossible'))
})

test('a decision is told with both its halves, and a pending request has none, whatever else its row says', () => {
  for (const half of [{ decidedBy: 'Mia' }, { decidedAt: '2026-11-20T12:00:00.000Z' }]) {
    const row = { number: 7, state: 'rejected', ...half } as const
    assert.throws(() => requireUndecided(row, 'approved'), refused('request_state_impossible'))
  }
  const pending = { number: 7, state: 'pending', decidedBy: 'Mia', decidedAt: '2026-11-20T12:00:00.000Z' } as const
  for (const wanted of ['approved', 'rejected'] as const) requireUndecided(pending, wanted)
})
