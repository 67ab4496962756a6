import type { Finding, RequestDetail, RequestState, RequestStep, RequestSummary } from '@scel/contract/values'
import { isProfileName, ORIGIN_KINDS, type OriginKind, type ProfileName, REQUEST_STATES } from '@scel/contract/values'
import type { Tone } from '../../ui/tag.tsx'

export const STATE_TONES: Readonly<Record<RequestState, Tone>> = {
  pending: 'notice',
  approved: 'accent',
  installed: 'good',
  downloaded: 'good',
  rejected: 'bad',
  cancelled: 'neutral',
  revoked: 'bad',
  expired: 'neutral',
}

export const STEP_TONES: Readonly<Record<RequestStep['kind'], Tone>> = {
  submitted: 'neutral',
  replaced: 'neutral',
  approved: 'accent',
  issued: 'accent',
  fetched: 'accent',
  installed: 'good',
  downloaded: 'good',
  rejected: 'bad',
  cancelled: 'neutral',
  revoked: 'bad',
  expired: 'neutral',
}

export interface RequestSearch {
  readonly search?: string
  readonly state?: RequestState
  readonly profile?: ProfileName
  readonly organisation?: string
  readonly service?: string
  readonly origin?: OriginKind
}

/** The filters as they stand in the address: anything else in it is dropped. */
export function parseRequestSearch(raw: Readonly<Record<string, unknown>>): RequestSearch {
  // A number typed as a search arrives as a number: addresses are read as JSON values.
  const search = typeof raw.search === 'number' ? String(raw.search) : raw.search
  const state = REQUEST_STATES.find((known) => known === raw.state)
  const origin = ORIGIN_KINDS.find((known) => known === raw.origin)
  return {
    ...(typeof search === 'string' && search ? { search: search.slice(0, 100) } : {}),
    ...(state ? { state } : {}),
    ...(isProfileName(raw.profile) ? { profile: raw.profile } : {}),
    ...(typeof raw.organisation === 'string' && raw.organisation ? { organisation: raw.organisation } : {}),
    ...(typeof raw.service === 'string' && raw.service ? { service: raw.service } : {}),
    ...(origin ? { origin } : {}),
  }
}

const WEIGHT = { warning: 0, notice: 1, good: 2 } as const

/** What deserves attention first; the desk's order otherwise. */
export function byWeight(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => WEIGHT[a.level] - WEIGHT[b.level])
}

/** Requests that were not there when the list was opened. They are numbered upwards, so one number tells. */
export function newerThan(mark: number | undefined, numbers: readonly number[]): number[] {
  return mark === undefined ? [] : numbers.filter((number) => number > mark)
}

export const highest = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0)

/** Approved, and the authority could not sign at once. */
export const isUnsigned = ({ state, certificate }: Pick<RequestSummary, 'state' | 'certificate'>): boolean =>
  state === 'approved' && certificate === undefined

/** Whether its certificate is for a machine: a person and the desk itself have none to be recognised by. */
export const isForMachine = ({ machine, unreadable }: Pick<RequestDetail, 'machine' | 'unreadable'>): boolean =>
  machine !== undefined || unreadable?.includes('machine') === true
