import { refuse } from '@scel/contract/errors'
import type { RequestState } from '@scel/contract/values'

//                 ┌──► rejected      a manager or the administrator says no
//                 ├──► cancelled     the applicant takes it back, or replaces it
//                 ├──► expired       nobody decided in time
//                 │
//   submitted ► pending ──► approved ──► installed ◄─┐
//                              │ │                   │ what was handed over may be installed
//                              │ └────► downloaded ──┘
//                              │             │
//                              └──────┬──────┘   (approved, installed, downloaded)
//                                     ├──► revoked    its certificate was revoked
//                                     └──► expired    its certificate reached its end
//
// rejected, cancelled, revoked and expired are ends.

const STEPS: Readonly<Record<RequestState, readonly RequestState[]>> = {
  pending: ['approved', 'rejected', 'cancelled', 'expired'],
  approved: ['installed', 'downloaded', 'revoked', 'expired'],
  downloaded: ['installed', 'revoked', 'expired'],
  installed: ['revoked', 'expired'],
  rejected: [],
  cancelled: [],
  revoked: [],
  expired: [],
}

export const mayBecome = (state: RequestState, wanted: RequestState): boolean => STEPS[state].includes(wanted)

/** What is asked about a request before it goes a step further. */
export interface Steppable {
  readonly number: number
  readonly state: RequestState
  readonly decidedAt?: string
  readonly decidedBy?: string
}

/** @throws DeskError request_state_impossible */
export function requireStep(request: Steppable, wanted: RequestState): void {
  if (mayBecome(request.state, wanted)) return
  refuse('request_state_impossible', { request: request.number, state: request.state, wanted })
}

/**
 * The same for a decision: whoever comes second is told who decided what, and when.
 * @throws DeskError request_decided_already, request_state_impossible
 */
export function requireUndecided(request: Steppable, wanted: 'approved' | 'rejected' | 'cancelled'): void {
  const { number, state, decidedBy: by, decidedAt: at } = request
  if (state !== 'pending' && by !== undefined && at !== undefined) {
    refuse('request_decided_already', { request: number, state, by, at })
  }
  requireStep(request, wanted)
}
